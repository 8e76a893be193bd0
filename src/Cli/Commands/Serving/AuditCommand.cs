using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>audit</c>: reads the audit log of a data folder; the server may run.</summary>
internal static class AuditCommand
{
    public static Command Create(CliContext context)
    {
        Option<string> data = new("--data") { Description = "Data folder of the server.", DefaultValueFactory = _ => "data" };
        Option<DateTimeOffset?> since = new("--since")
        {
            CustomParser = static result => DateTimeOffset.TryParse(
                result.Tokens[0].Value,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset time)
                ? time
                : throw new CliException(
                    $"--since: \"{result.Tokens[0].Value}\" is not a time such as 2026-11-30T02:00Z", ExitCodes.BadInput),
            Description = "Only lines from this time on, for example 2026-11-30T02:00Z. Default: all.",
        };
        Option<string?> caller = new("--caller") { Description = "Only lines of this caller, such as keys/k7mh2pq4rs. Default: all." };
        Option<bool> rejected = new("--rejected") { Description = "Only rejected calls." };
        JsonOption json = new(context);
        Command command = new("audit", "Prints the audit log: who changed what, and who was rejected. With --json the lines as stored.")
        {
            data, since, caller, rejected,
        };
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string folder = Path.Combine(parsed.GetRequiredValue(data), "audit");
            if (!Directory.Exists(folder))
            {
                throw new CliException($"--data: \"{folder}\" does not exist", ExitCodes.BadInput);
            }

            foreach (string file in Directory.GetFiles(folder, "audit-*.jsonl").Order(StringComparer.Ordinal))
            {
                await foreach (string line in File.ReadLinesAsync(file, token))
                {
                    using var entry = JsonDocument.Parse(line);
                    if (!IsWanted(entry.RootElement, parsed.GetValue(since), parsed.GetValue(caller), parsed.GetValue(rejected)))
                    {
                        continue;
                    }

                    await context.Results.WriteLineAsync(json.IsSet(parsed) ? line : Text(entry.RootElement));
                }
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static bool IsWanted(JsonElement entry, DateTimeOffset? since, string? caller, bool rejected) =>
        !(entry.GetProperty("time").GetDateTimeOffset() < since)
        && (caller is null || entry.GetProperty("caller").GetString() == caller)
        && (!rejected || entry.TryGetProperty("rejected", out _) || IsRejection(entry.GetProperty("outcome").GetString()));

    // Lines of older servers have no property that says so.
    private static bool IsRejection(string? outcome) => outcome is "UNAUTHENTICATED" or "PERMISSION_DENIED" or "RESOURCE_EXHAUSTED";

    private static string Text(JsonElement entry)
    {
        string resources = string.Join(' ', entry.GetProperty("resources").EnumerateArray().Select(static name => name.GetString()));
        string reason = entry.TryGetProperty("reason", out JsonElement given) ? $" ({given.GetString()})" : "";
        DateTimeOffset time = entry.GetProperty("time").GetDateTimeOffset();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time:u} {Of("caller")} {Of("peer")} {Of("method")} {resources} {Of("outcome")}{reason}");

        string? Of(string property) => entry.GetProperty(property).GetString();
    }
}
