/** Where a component throws, the page says so and offers to draw itself again; what was typed is a draft and still there. */
import { Component, type ComponentChildren } from 'preact';
import { Button } from '../components/button.tsx';
import { Message } from '../components/message.tsx';
import { useWords } from '../locales/use-words.ts';
import { sentenceOf } from './use-act.ts';

export class Guard extends Component<{ children: ComponentChildren }, { error: unknown; failed: boolean }> {
  override state = { error: null as unknown, failed: false };

  static override getDerivedStateFromError(error: unknown) {
    return { error, failed: true };
  }

  override componentDidCatch(error: unknown) {
    console.error(error);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return <Failed error={this.state.error} again={() => this.setState({ error: null, failed: false })} />;
  }
}

function Failed({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const words = useWords();
  return (
    <Message tone="fail" role="alert">
      {sentenceOf(error, words)}{' '}
      <Button kind="text" small onClick={again}>
        {words.common.tryAgain}
      </Button>
    </Message>
  );
}
