using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Keys;
using TopicGrpc.Cluster;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Commands.Keys;

/// <summary><c>keys create</c>: creates a key on a server, or on a data folder that no server uses.</summary>
internal static class KeysCreateCommand
{
    private static readonly string[] Roles =
    [
        .. Enum.GetValues<KeyRole>().Where(static role => role != KeyRole.None).Select(static role => role.ToString().ToLowerInvariant()),
    ];

    public static Command Create(CliContext context)
    {
        Option<string> name = new("--name") { Description = "Human-readable name, at most 64 bytes.", Required = true };
        Option<string> role = new("--role") { Description = $"What callers may do: {string.Join(", ", Roles)}.", Required = true };
        role.AcceptOnlyFromAmong(Roles);
        Option<string[]> models = Patterns("--models", "models");
        Option<string[]> corpora = Patterns("--corpora", "corpora");
        Option<int?> days = new("--days")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Days until the key ends, 1 or more. Default: it never ends.",
        };
        QuotaOptions quota = new();
        Option<string?> data = new("--data")
        {
            Description = "Data folder of a server that does not run: the way to the first key. Default: ask the server of --server.",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("create", "Creates a key and prints its secret, which is never shown again.")
        {
            name, role, models, corpora, days,
        };
        quota.AddTo(command);
        command.Add(data);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            KeySettings settings = new()
            {
                DisplayName = parsed.GetRequiredValue(name),
                Role = Enum.Parse<KeyRole>(parsed.GetRequiredValue(role), ignoreCase: true),
                ModelPatterns = parsed.GetValue(models) ?? [],
                CorpusPatterns = parsed.GetValue(corpora) ?? [],
                Quota = quota.Read(parsed),
                Expires = ExpiryOf(parsed.GetValue(days), context.Clock),
            };
            (string id, string secret) = parsed.GetValue(data) is { } folder
                ? await OfflineAsync(folder, settings)
                : await OnlineAsync(server.Connect(parsed), settings, token);
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Line($"key {id}: {settings.DisplayName}, {parsed.GetRequiredValue(role)}");
            terminal.Line($"secret: {secret}");
            terminal.Line("Keep the secret now; it is not shown again. Clients send it as \"authorization: Bearer SECRET\".");
            await json.WriteAsync(parsed, new { key = id, secret });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Option<string[]> Patterns(string option, string kind) => new(option)
    {
        AllowMultipleArgumentsPerToken = true,
        Description = $"Ids of the {kind} that callers see; * matches any characters. Default: all {kind}.",
    };

    private static DateTimeOffset? ExpiryOf(int? days, TimeProvider clock)
    {
        if (days < 1)
        {
            throw new CliException("--days: must be 1 or more", ExitCodes.BadInput);
        }

        return days is { } given ? clock.GetUtcNow().AddDays(given) : null;
    }

    private static async Task<(string Id, string Secret)> OfflineAsync(string folder, KeySettings settings)
    {
        OfflineKey key = new(settings.DisplayName, settings.Role.ToString())
        {
            ModelPatterns = settings.ModelPatterns,
            CorpusPatterns = settings.CorpusPatterns,
            Expires = settings.Expires,
            Quota = new OfflineKeyQuota
            {
                CallsPerSecond = settings.Quota.CallsPerSecond,
                TokensPerSecond = settings.Quota.TokensPerSecond,
                Fits = settings.Quota.Fits,
                Documents = settings.Quota.Documents,
                TextBytes = settings.Quota.TextBytes,
                Streams = settings.Quota.Streams,
            },
            Compose = ClusterRegistration.AddCluster,
        };
        return await key.CreateAsync(folder);
    }

    private static async Task<(string Id, string Secret)> OnlineAsync(
        ServerConnection connection,
        KeySettings settings,
        CancellationToken cancellationToken)
    {
        await using (connection)
        {
            IssuedKey issued = await connection.CallAsync(client => client.Keys.CreateAsync(settings, cancellationToken));
            return (issued.Key.Name, issued.Secret);
        }
    }
}
