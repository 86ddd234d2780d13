// While a long form is on its way: how far the server has come. The server finishes when this page is closed.
for (const form of document.querySelectorAll("form[data-progress]")) {
  const words = document.getElementById(form.dataset.words);
  form.addEventListener("submit", () => {
    words.hidden = false;
    const ask = async () => {
      try {
        const answer = await fetch(form.dataset.progress, { credentials: "same-origin" });
        if (answer.status === 200 && !answer.redirected) words.querySelector("b").textContent = await answer.text();
      } catch {
        // The answer of the form itself will tell.
      }
    };
    setInterval(ask, 1000);
  });
}
