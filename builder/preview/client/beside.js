// A press beside an open dialog puts it away. It must begin and end there: who selects words in the dialog may let go
// of the button outside.

export const pressedBeside = (dialog, act) => {
  const beside = ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom);
  };
  let began = false;
  dialog.addEventListener('pointerdown', (event) => { began = beside(event); });
  dialog.addEventListener('click', (event) => {
    if (began && beside(event)) act();
    began = false;
  });
};
