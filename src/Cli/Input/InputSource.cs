using System.Runtime.CompilerServices;

namespace TopicGrpc.Cli.Input;

/// <summary>An input path and the options that say how to read it.</summary>
internal sealed record InputSource(string Path, InputFormat Format, InputFields Fields, NewsgroupParts Strip, LongTexts LongTexts)
    : IDisposable
{
    private readonly InputFile _file = new(Path);

    /// <summary>Which attributes are read, and embeddings beside the input.</summary>
    public InputSelection Selection { get; private init; } = new();

    /// <summary>Opens an input; its format follows from the path unless given.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="fields">The fields of a record.</param>
    /// <param name="strip">What to remove from newsgroup posts.</param>
    /// <param name="format">Format of a file; null: by the extension.</param>
    /// <param name="longTexts">What to do with a text that exceeds the limit of the server.</param>
    /// <param name="selection">Which attributes are read, and embeddings beside the input; null: what a new <see cref="InputSelection"/>
    /// says.</param>
    /// <exception cref="InputException">The path does not exist, or its extension is unknown.</exception>
    public static InputSource Open(
        string path,
        InputFields fields,
        NewsgroupParts strip,
        InputFormat? format = null,
        LongTexts longTexts = LongTexts.Reject,
        InputSelection? selection = null)
    {
        selection ??= new InputSelection();
        if (Directory.Exists(path))
        {
            return new InputSource(path, InputFormat.Folder, fields, strip, longTexts) { Selection = selection };
        }

        if (!File.Exists(path))
        {
            throw new InputException(path, "no such file or folder");
        }

        return new InputSource(path, format ?? FormatOf(path), fields, strip, longTexts) { Selection = selection };
    }

    /// <summary>Reads the documents within the limits of the server.</summary>
    public IAsyncEnumerable<InputDocument> ReadAsync(CancellationToken cancellationToken) =>
        ReadAsync(new InputNotes(), cancellationToken);

    /// <summary>Reads the documents within the limits of the server.</summary>
    /// <param name="notes">Receives what is left out.</param>
    /// <param name="cancellationToken">Cancels between records.</param>
    /// <exception cref="InputException">A record is invalid or breaks a limit.</exception>
    public async IAsyncEnumerable<InputDocument> ReadAsync(
        InputNotes notes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DocumentRules rules = new(Path, LongTexts, notes);
        await foreach (InputDocument read in UniqueKeys.Of(Reader(notes).ReadAsync(cancellationToken), cancellationToken))
        {
            InputDocument document = Strip == NewsgroupParts.None
                ? read
                : read with { Text = NewsgroupStripper.Strip(read.Text, Strip) };
            if (Selection.Attributes.Count > 0)
            {
                document = document with { Attributes = Selection.Chosen(document.Attributes) };
            }

            if (rules.Apply(document) is { } allowed)
            {
                yield return allowed;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static InputFormat FormatOf(string path) =>
        System.IO.Path.GetExtension(InputFile.WithoutSuffix(path)).ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" or ".JSON" => InputFormat.JsonLines,
            ".CSV" => InputFormat.Csv,
            ".TSV" => InputFormat.Tsv,
            ".TXT" => InputFormat.Lines,
            ".PARQUET" or ".PQ" => InputFormat.Parquet,
            ".ARROW" or ".ARROWS" or ".FEATHER" or ".IPC" => InputFormat.Arrow,
            _ => throw new InputException(
                path, "unknown extension; use .jsonl, .csv, .tsv or .txt (also with .gz), .parquet, .arrow, a folder, or --format"),
        };

    private IDocumentReader Reader(InputNotes notes) =>
        Selection.Vectors is { } vectors ? new VectorFileReader(Documents(notes), Path, vectors) : Documents(notes);

    private IDocumentReader Documents(InputNotes notes) => Format switch
    {
        InputFormat.JsonLines => new JsonLinesReader(Path, _file.OpenAsync, Fields, notes),
        InputFormat.Csv => new SeparatedValuesReader(Path, _file.OpenAsync, Fields, ','),
        InputFormat.Tsv => new SeparatedValuesReader(Path, _file.OpenAsync, Fields, '\t'),
        InputFormat.Lines => new TextLinesReader(Path, _file.OpenAsync),
        InputFormat.Parquet => new TableReader(this, _file.OpenSeekableAsync, notes),
        InputFormat.Arrow => new TableReader(this, _file.OpenBytesAsync, notes),
        InputFormat.Folder => new TextFolderReader(Path, notes),
        _ => throw new InvalidOperationException($"The input format {Format} has no reader."),
    };
}
