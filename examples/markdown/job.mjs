/** Renders Markdown as HTML: { markdown } to { html, headings }. */
import { createJob, JobError } from 'sdk';
import { Marked } from 'marked';

const marked = new Marked({ gfm: true });

createJob(({ markdown }) => {
  if (typeof markdown !== 'string') {
    throw new JobError('the input wants { "markdown": "..." }');
  }
  const tokens = marked.lexer(markdown);
  const headings = tokens.filter(({ type }) => type === 'heading').map(({ depth, text }) => ({ depth, text }));
  return { html: marked.parser(tokens), headings };
});
