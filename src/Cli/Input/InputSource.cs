using System.IO.Compression;

namespace TopicGrpc.Cli.Input;

/// <summary>An input path and the options that say how to read it.</summary>
internal sealed record InputSource(string Path, InputFormat Format, InputFields Fields, NewsgroupParts Strip)
{
    private const string CompressedSuffix = ".gz";

    /// <summary>Opens an input; its format follows from the path unless given.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="fields">The fields of a record.</param>
    /// <param name="strip">What to remove from newsgroup posts.</param>
    /// <param name="format">Format of a file; null: by the extension.</param>
    /// <exception cref="InputException">The path does not exist, or its extension is unknown.</exception>
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

    /// <summary>Reads the documents and strips newsgroup parts if requested.</summary>
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
            _ => throw new InputException(path, "unknown extension; use .jsonl, .csv, .tsv or .txt (also with .gz), a folder, or --format"),
        };
    }

    private static bool IsCompressed(string path) => path.EndsWith(CompressedSuffix, StringComparison.OrdinalIgnoreCase);

    private static Stream OpenFile(string path)
    {
        const FileOptions Sequential = FileOptions.SequentialScan | FileOptions.Asynchronous;
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, Sequential);
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
