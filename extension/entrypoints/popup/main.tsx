/** The toolbar popup: log an entry in seconds. */
import { PopupScreen } from '../../screens/day/popup-screen.tsx';
import { mountPage } from '../../screens/page.tsx';

mountPage(<PopupScreen />);
