using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--json</c>: standard output receives the result as JSON and nothing else.</summary>
internal sealed class JsonOption(CliContext context)
{
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON and nothing else to standard output." };

    public void AddTo(Command command) => command.Add(_json);

    public bool IsSet(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Returns the context of the command: without human-readable output if <c>--json</c> is set.</summary>
    public CliContext Context(ParseResult parsed) => IsSet(parsed) ? context.WithoutTerminal() : context;

    /// <summary>Writes the result if <c>--json</c> is set.</summary>
    public async Task WriteAsync<T>(ParseResult parsed, T result)
    {
        if (IsSet(parsed))
        {
            await context.Results.WriteLineAsync(JsonSerializer.Serialize(result, Json.Indented));
        }
    }
}
