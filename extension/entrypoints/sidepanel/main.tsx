/** The side panel: the main writing place. */
import { SidePanelScreen } from '../../screens/day/side-panel-screen.tsx';
import { mountPage } from '../../screens/page.tsx';

mountPage(<SidePanelScreen />);
