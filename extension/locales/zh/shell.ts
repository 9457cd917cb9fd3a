/** Words of the browser around it: shortcuts, menus, managed settings. */
export const shell = {};
