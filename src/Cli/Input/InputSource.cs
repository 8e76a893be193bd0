using System.IO.Compression;

namespace TopicGrpc.Cli.Input;

/// <summary>An input path together with how to read it.</summary>
internal sealed record InputSource(string Path, InputFormat Format, InputFields Fields, NewsgroupParts Strip)
{
    private const string CompressedSuffix = ".gz";

    /// <summary>Finds out the format from the path.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="fields">The fields of a record.</param>
    /// <param name="strip">What to remove from newsgroup posts.</param>
    /// <param name="format">The format where the user states it; null to go by the name.</param>
    /// <exception cref="InputException">Nothing is there, or its name tells no format.</exception>
    public static InputSource Open(string path, InputFields fields, NewsgroupParts strip, InputFormat? format = null)
    {
        if (Directory.Exists(path))
        {
            return new InputSource(path, InputFormat.Folder, fields, strip);
        }

        if (!File.Exists(path))
        {
            throw new InputException(path, "no such file or folder");
        }

        return new InputSource(path, format ?? FormatOf(path), fields, strip);
    }

    /// <summary>The documents, stripped where asked.</summary>
    public IAsyncEnumerable<InputDocument> ReadAsync(CancellationToken cancellationToken)
    {
        IAsyncEnumerable<InputDocument> documents = UniqueKeys.Of(Reader().ReadAsync(cancellationToken), cancellationToken);
        return Strip == NewsgroupParts.None
            ? documents
            : documents.Select(document => document with { Text = NewsgroupStripper.Strip(document.Text, Strip) });
    }

    private static InputFormat FormatOf(string path)
    {
        string name = IsCompressed(path) ? path[..^CompressedSuffix.Length] : path;
        return System.IO.Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" or ".JSON" => InputFormat.JsonLines,
            ".CSV" => InputFormat.Csv,
            ".TSV" => InputFormat.Tsv,
            ".TXT" => InputFormat.Lines,
            _ => throw new InputException(path, "the name tells no format; use .jsonl, .csv, .tsv or .txt (also with .gz), a folder, or --format"),
        };
    }

    private static bool IsCompressed(string path) => path.EndsWith(CompressedSuffix, StringComparison.OrdinalIgnoreCase);

    private static Stream OpenFile(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        return IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private IDocumentReader Reader() => Format switch
    {
        InputFormat.JsonLines => new JsonLinesReader(Path, OpenFile, Fields),
        InputFormat.Csv => new SeparatedValuesReader(Path, OpenFile, Fields, ','),
        InputFormat.Tsv => new SeparatedValuesReader(Path, OpenFile, Fields, '\t'),
        InputFormat.Lines => new TextLinesReader(Path, OpenFile),
        InputFormat.Folder => new TextFolderReader(Path),
        _ => throw new ArgumentOutOfRangeException(nameof(Format), Format, "Unknown input format."),
    };
}
