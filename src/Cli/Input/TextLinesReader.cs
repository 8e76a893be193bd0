using System.Globalization;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Cli.Input;

/// <summary>Reads one document per line. Blank lines are skipped but counted, so that ids are line numbers.</summary>
internal sealed class TextLinesReader(string path, Func<CancellationToken, Task<Stream>> open) : IDocumentReader
{
    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TextLine line in LineReader.ReadAsync(path, await open(cancellationToken), cancellationToken))
        {
            if (!line.IsBlank())
            {
                string id = line.Number.ToString(CultureInfo.InvariantCulture);
                string text = StrictUtf8.Decode(path, line);
                yield return new InputDocument(id, text, Time: null, InputDocument.NoAttributes) { Line = line.Number };
            }
        }
    }
}
