using System.Runtime.CompilerServices;
using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>Reads one document per file, ordered by id. The id is the path below the folder with forward slashes.</summary>
internal sealed class TextFolderReader(string folder) : IDocumentReader
{
    /// <summary>Maximum size of a file, the same as for a line.</summary>
    private const long MaxFileBytes = LineReader.MaxLineBytes;

    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string id in RelativePaths())
        {
            string path = Path.Combine(folder, id);
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                throw new InputException(path, $"longer than {MaxFileBytes >> 20} MiB");
            }

            byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            yield return new InputDocument(id, Decode(bytes), Time: null, InputDocument.NoAttributes);
        }
    }

    private static string Decode(byte[] bytes)
    {
        ReadOnlySpan<byte> text = bytes;
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        if (text.StartsWith(mark))
        {
            text = text[mark.Length..];
        }

        try
        {
            return StrictUtf8.Encoding.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            // Old posts and mails. Every byte is a Latin-1 character, so this cannot fail.
            return Encoding.Latin1.GetString(text);
        }
    }

    // Sorting needs all names in memory; the texts are read one at a time.
    private List<string> RelativePaths()
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        List<string> paths = [.. Directory.EnumerateFiles(folder, "*", options)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))];
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }
}
