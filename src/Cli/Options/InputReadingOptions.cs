using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Input;

namespace TopicGrpc.Cli.Options;

/// <summary>Options that say how to read an input.</summary>
internal sealed class InputReadingOptions
{
    /// <summary>What an input may be, for the description of its path.</summary>
    public const string Inputs =
        "JSON lines, CSV, TSV or plain text with one document per line (each also .gz), Parquet or Arrow IPC with one document per row, or "
        + "a folder of text files; UTF-8, or UTF-16 with a byte order mark, 16 MiB per line or file. A pipe works too, with --format.";

    private const string AllParts = "all";
    private const string RejectLong = "reject";
    private const string CutLong = "cut";
    private const string SkipLong = "skip";

    private readonly Option<string?> _format = new("--format")
    {
        Description = "Format of a file: jsonlines, csv, tsv, lines, parquet or arrow, in any case. "
            + "Default: by the extension, .jsonl, .ndjson, .json, .csv, .tsv, .txt, .parquet, .pq, .arrow, .arrows, .feather or .ipc.",
        HelpName = "format",
    };

    private readonly Option<string> _textField = new("--text-field", "--text-column")
    {
        Description = "Field or column that contains the text.",
        DefaultValueFactory = _ => InputFields.DefaultText,
    };

    private readonly Option<string?> _idField = new("--id-field", "--id-column")
    {
        Description = "Field or column that contains the document id. Default: id if present, otherwise the number of the line or row.",
    };

    private readonly Option<string?> _timeField = new("--time-field", "--time-column")
    {
        Description = "Field or column that contains the time: ISO 8601 (UTC unless it has an offset) or a year. Default: none.",
    };

    private readonly Option<string?> _embeddingField = new("--embedding-field", "--embedding-column")
    {
        Description = "Field or column that contains the embedding of the text, a list of numbers (JSON lines, Parquet, Arrow); in tables "
            + "\"name*\" means one column per number. The server then runs no encoder on the texts. Default: none.",
    };

    private readonly Option<string[]> _attributes = new("--attribute")
    {
        Description = "Field or column that becomes an attribute of the documents; repeatable. Default: all others of text, numbers, "
            + "Booleans and times.",
        HelpName = "name",
    };

    private readonly Option<string?> _vectors = new("--embeddings")
    {
        Description = "NumPy file (.npy) with one embedding per document, in the order of the documents: float16, float32 or float64, "
            + "shape (documents, dimension). The server then runs no encoder on the texts. Default: none.",
        HelpName = "file",
    };

    private readonly Option<string?> _strip = new("--strip")
    {
        Description = "Parts to remove from newsgroup posts, as scikit-learn does: headers, footers and quotes, separated by commas, or "
            + "all. Default: none.",
    };

    private readonly Option<string> _longTexts = new("--long-texts")
    {
        Description = "What to do with a text over 1 MiB: reject the input, cut the text, or skip the document.",
        HelpName = "action",
        DefaultValueFactory = _ => RejectLong,
    };

    public InputReadingOptions() => _longTexts.AcceptOnlyFromAmong(RejectLong, CutLong, SkipLong);

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_textField);
        command.Add(_idField);
        command.Add(_timeField);
        command.Add(_embeddingField);
        command.Add(_attributes);
        command.Add(_vectors);
        command.Add(_strip);
        command.Add(_longTexts);
    }

    /// <summary>Opens an input.</summary>
    /// <exception cref="InputException">The input does not exist, or its format is unknown.</exception>
    /// <exception cref="CliException">An option has an invalid value.</exception>
    public InputSource Open(string path, ParseResult parsed)
    {
        InputFields fields = new(parsed.GetValue(_textField)!, parsed.GetValue(_idField), parsed.GetValue(_timeField))
        {
            Embedding = parsed.GetValue(_embeddingField),
        };
        LongTexts longTexts = parsed.GetValue(_longTexts) switch
        {
            CutLong => LongTexts.Cut,
            SkipLong => LongTexts.Skip,
            _ => LongTexts.Reject,
        };
        InputSelection selection = new() { Attributes = parsed.GetValue(_attributes) ?? [], Vectors = parsed.GetValue(_vectors) };
        if (fields.Embedding is not null && selection.Vectors is not null)
        {
            throw new CliException("--embedding-field and --embeddings: at most one can be given", ExitCodes.BadInput);
        }

        var source = InputSource.Open(path, fields, Parts(parsed.GetValue(_strip)), Format(parsed.GetValue(_format)), longTexts, selection);
        return fields.Embedding is null || source.Format is InputFormat.JsonLines or InputFormat.Parquet or InputFormat.Arrow
            ? source
            : throw new CliException("--embedding-field: only JSON lines, Parquet and Arrow contain embeddings", ExitCodes.BadInput);
    }

    private static InputFormat? Format(string? name)
    {
        if (name is null)
        {
            return null;
        }

        return FormatNames.TryParse(name, out InputFormat format)
            ? format
            : throw new CliException($"--format: \"{name}\" is not one of jsonlines, csv, tsv, lines, parquet, arrow", ExitCodes.BadInput);
    }

    private static NewsgroupParts Parts(string? written)
    {
        NewsgroupParts parts = NewsgroupParts.None;
        foreach (string name in (written ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            parts |= name switch
            {
                "headers" => NewsgroupParts.Headers,
                "footers" => NewsgroupParts.Footers,
                "quotes" => NewsgroupParts.Quotes,
                AllParts => NewsgroupParts.Headers | NewsgroupParts.Footers | NewsgroupParts.Quotes,
                _ => throw new CliException($"--strip: \"{name}\" is not one of headers, footers, quotes, all", ExitCodes.BadInput),
            };
        }

        return parts;
    }
}
