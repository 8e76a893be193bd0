using System.Globalization;
using Spectre.Console;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Output;

/// <summary>Corpora as a human-readable table.</summary>
internal static class CorpusTable
{
    public static Table Of(IReadOnlyList<CorpusInfo> corpora)
    {
        Table table = new();
        table.AddColumns("corpus", "state", "documents", "bytes of text", "embeddings", "created");
        foreach (CorpusInfo corpus in corpora)
        {
            table.AddRow(
                Markup.Escape(corpus.Name),
                Markup.Escape(State(corpus)),
                corpus.DocumentCount.ToString("N0", CultureInfo.InvariantCulture),
                corpus.TextBytes.ToString("N0", CultureInfo.InvariantCulture),
                Markup.Escape(Embeddings(corpus)),
                corpus.Created?.ToString("u", CultureInfo.InvariantCulture) ?? "");
        }

        return table;
    }

    /// <summary>Writes the corpora and, below, the texts that fits leave out.</summary>
    public static void WriteWithQuarantine(Terminal terminal, IReadOnlyList<CorpusInfo> corpora)
    {
        terminal.Write(Of(corpora));
        foreach (QuarantinedText text in corpora.SelectMany(static corpus => corpus.QuarantinedTexts))
        {
            terminal.Line(Line(text));
        }
    }

    private static string Line(QuarantinedText text) => string.Create(
        CultureInfo.InvariantCulture,
        $"left out: document '{text.DocumentId}' (encoder {text.EncoderSha256[..12]}): the server process ended {text.Deaths} times "
        + $"while its text was embedded, last {text.Quarantined:u}");

    private static string Embeddings(CorpusInfo corpus)
    {
        if (corpus.GivenEmbeddings is not { } given)
        {
            return "by the server";
        }

        string encoder = given.Encoder.Length == 0 ? "" : $", {given.Encoder}";
        return string.Create(CultureInfo.InvariantCulture, $"given, {given.Dimension} numbers{encoder}");
    }

    private static string State(CorpusInfo corpus) => corpus.State switch
    {
        CorpusState.Ready => "ready",
        CorpusState.Damaged => $"damaged: {corpus.Damage}",
        _ => "unknown",
    };
}
