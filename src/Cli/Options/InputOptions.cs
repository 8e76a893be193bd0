using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Input;

namespace TopicGrpc.Cli.Options;

/// <summary>The input of <c>ingest</c> and <c>fit</c>, and how it is read.</summary>
internal sealed class InputOptions
{
    private const string AllParts = "all";

    private readonly Argument<string> _path = new("input")
    {
        Description = "JSON lines, CSV, TSV or plain text a line (each also .gz), or a folder of text files.",
    };

    private readonly Option<InputFormat?> _format = new("--format") { Description = "Format where the name does not tell it." };

    private readonly Option<string> _textField = new("--text-field")
    {
        Description = "Field or column of the text.",
        DefaultValueFactory = _ => InputFields.DefaultText,
    };

    private readonly Option<string?> _idField = new("--id-field") { Description = "Field or column of the id. Default: id where there is one, else the line number." };

    private readonly Option<string?> _timeField = new("--time-field") { Description = "Field or column of the time: ISO 8601 or a year. Default: none." };

    private readonly Option<string?> _strip = new("--strip")
    {
        Description = "What to remove from newsgroup posts, as scikit-learn does: any of headers,footers,quotes, or all.",
    };

    public void AddTo(Command command)
    {
        command.Add(_path);
        command.Add(_format);
        command.Add(_textField);
        command.Add(_idField);
        command.Add(_timeField);
        command.Add(_strip);
    }

    /// <exception cref="InputException">There is no such input.</exception>
    /// <exception cref="CliException">An option is wrong.</exception>
    public InputSource Read(ParseResult parsed)
    {
        InputFields fields = new(parsed.GetValue(_textField)!, parsed.GetValue(_idField), parsed.GetValue(_timeField));
        return InputSource.Open(parsed.GetRequiredValue(_path), fields, Parts(parsed.GetValue(_strip)), parsed.GetValue(_format));
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
                _ => throw new CliException($"--strip: \"{name}\" is none of headers, footers, quotes, all", ExitCodes.BadInput),
            };
        }

        return parts;
    }
}
