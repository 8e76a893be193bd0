using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--json</c>: standard output holds the result as JSON and nothing else.</summary>
internal sealed class JsonOption(CliContext context)
{
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON and nothing else." };

    public void AddTo(Command command) => command.Add(_json);

    public bool IsSet(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The context that fits: silent for people when a machine reads.</summary>
    public CliContext Context(ParseResult parsed) => IsSet(parsed) ? context.ForMachines() : context;

    /// <summary>Writes a result where it was asked for.</summary>
    public async Task WriteAsync<T>(ParseResult parsed, T result)
    {
        if (IsSet(parsed))
        {
            await context.Results.WriteLineAsync(JsonSerializer.Serialize(result, Json.Indented));
        }
    }
}
