using System.Globalization;
using Spectre.Console;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Output;

/// <summary>Corpora as a human-readable table.</summary>
internal static class CorpusTable
{
    public static Table Of(IReadOnlyList<CorpusInfo> corpora)
    {
        Table table = new();
        table.AddColumns("corpus", "state", "documents", "bytes of text", "created");
        foreach (CorpusInfo corpus in corpora)
        {
            table.AddRow(
                Markup.Escape(corpus.Name),
                Markup.Escape(State(corpus)),
                corpus.DocumentCount.ToString("N0", CultureInfo.InvariantCulture),
                corpus.TextBytes.ToString("N0", CultureInfo.InvariantCulture),
                corpus.Created?.ToString("u", CultureInfo.InvariantCulture) ?? "");
        }

        return table;
    }

    private static string State(CorpusInfo corpus) => corpus.State switch
    {
        CorpusState.Ready => "ready",
        CorpusState.Damaged => $"damaged: {corpus.Damage}",
        _ => "unknown",
    };
}
