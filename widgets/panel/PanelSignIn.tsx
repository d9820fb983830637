import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createSignIn } from '../api/sign-in.ts';
import { SignIn, type WhySignIn } from '../ui/SignIn.tsx';

/** Signing in from the panel; prepared as soon as it is shown, so that the click can open the window. */
export function PanelSignIn({ why }: { why: WhySignIn }) {
  const [flow] = useState(() => createSignIn('panel'));
  const popup = useStore(flow.store);
  useEffect(() => flow.prepare(), [flow]);
  return (
    <SignIn
      why={why}
      screen="panel"
      popup={popup}
      onOpen={flow.open}
      onCode={(text) => void flow.enter(text)}
    />
  );
}
