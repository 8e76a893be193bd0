using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Commands.Corpora;

/// <summary><c>corpora erase</c>: erases documents of a corpus from the corpus and from all versions.</summary>
internal static class CorporaEraseCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> corpus = new("corpus") { Description = "Id of the corpus." };
        Option<string[]> ids = new("--id")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = "Ids of documents, at most 10,000. Not together with --from, --before and --attribute. Default: none.",
        };
        Option<string?> from = new("--from")
        {
            Description = "Documents with a time at or after this one, for example 2026-01-31. Default: any time.",
        };
        Option<string?> before = new("--before") { Description = "Documents with a time before this one. Default: any time." };
        Option<string[]> attributes = new("--attribute")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = "Documents with this attribute, NAME=VALUE. A document must meet all conditions. Default: none.",
        };
        Option<bool> wait = new("--wait") { Description = "Waits until the bytes are removed from all files." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("erase", "Erases documents of a corpus from the corpus and from all versions; prints the receipt.")
        {
            corpus, ids, from, before, attributes, wait,
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string name = parsed.GetRequiredValue(corpus);
            string[] given = parsed.GetValue(ids) ?? [];
            DocumentFilter filter = new()
            {
                From = TimeOf(from.Name, parsed.GetValue(from)),
                Before = TimeOf(before.Name, parsed.GetValue(before)),
                Attributes = AttributesOf(parsed.GetValue(attributes) ?? []),
            };
            bool hasFilter = filter.From is not null || filter.Before is not null || filter.Attributes.Count > 0;
            if (given.Length > 0 == hasFilter)
            {
                throw new CliException("give either --id, or one or more of --from, --before, --attribute", ExitCodes.BadInput);
            }

            await using ServerConnection connection = server.Connect(parsed);
            ErasureInfo receipt = await connection.CallAsync(client => hasFilter
                ? client.Corpora.DeleteDocumentsAsync(name, filter, token)
                : client.Corpora.DeleteDocumentsAsync(name, given, token));
            if (parsed.GetValue(wait))
            {
                receipt = await connection.CallAsync(client => client.Corpora.WaitForErasureAsync(
                    name, receipt.Name, pollInterval: null, token));
            }

            ErasureText.Write(json.Context(parsed).Terminal, receipt);
            await json.WriteAsync(parsed, receipt);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static DateTimeOffset? TimeOf(string option, string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw new CliException($"{option}: '{text}' is no time; write for example 2026-01-31T12:00:00Z", ExitCodes.BadInput);

    private static Dictionary<string, string> AttributesOf(string[] pairs)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !attributes.TryAdd(pair[..at], pair[(at + 1)..]))
            {
                throw new CliException($"--attribute: '{pair}' must have the form NAME=VALUE, with each name once", ExitCodes.BadInput);
            }
        }

        return attributes;
    }
}
