using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Input;

namespace TopicGrpc.Cli.Options;

/// <summary>Input of <c>ingest</c> and <c>fit</c>, and the options that say how to read it.</summary>
internal sealed class InputOptions
{
    private readonly Argument<string> _path = new("input") { Description = InputReadingOptions.Inputs };
    private readonly InputReadingOptions _reading = new();

    public void AddTo(Command command)
    {
        command.Add(_path);
        _reading.AddTo(command);
    }

    /// <exception cref="InputException">The input does not exist, or its format is unknown.</exception>
    /// <exception cref="CliException">An option has an invalid value.</exception>
    public InputSource Read(ParseResult parsed) => _reading.Open(parsed.GetRequiredValue(_path), parsed);
}
