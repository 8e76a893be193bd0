using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Keys;

namespace TopicGrpc.Cli.Output;

/// <summary>Keys as a human-readable table.</summary>
internal static class KeyTable
{
    public static Table Of(IReadOnlyList<ApiKeyInfo> keys, DateTimeOffset now)
    {
        Table table = new();
        table.AddColumns("key", "name", "role", "models", "corpora", "state", "last use", "created");
        foreach (ApiKeyInfo key in keys)
        {
            table.AddRow(
                Markup.Escape(key.Name),
                Markup.Escape(key.Settings.DisplayName),
                key.Settings.Role.ToString().ToLowerInvariant(),
                Markup.Escape(Patterns(key.Settings.ModelPatterns)),
                Markup.Escape(Patterns(key.Settings.CorpusPatterns)),
                State(key, now),
                Time(key.LastUsed),
                Time(key.Created));
        }

        return table;
    }

    private static string Patterns(IReadOnlyList<string> patterns) => patterns.Count == 0 ? "*" : string.Join(", ", patterns);

    private static string State(ApiKeyInfo key, DateTimeOffset now)
    {
        if (key.Revoked is { } revoked)
        {
            return "revoked " + Time(revoked);
        }

        return key.Settings.Expires is { } end ? $"{(end <= now ? "ended" : "ends")} {Time(end)}" : "active";
    }

    private static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";
}
