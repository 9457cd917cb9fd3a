/** The full page: the leader's week and the officials' desk. */
import { DeskScreen } from '../../screens/desk/desk-screen.tsx';
import { mountPage } from '../../screens/page.tsx';

mountPage(<DeskScreen />);
