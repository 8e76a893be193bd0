using System.Globalization;
using Spectre.Console;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Output;

/// <summary>An explanation as human-readable tables.</summary>
internal static class ExplanationTables
{
    private const int TopicsShown = 5;

    public static void Write(Terminal terminal, Explanation explanation)
    {
        Prediction prediction = explanation.Prediction;
        string mode = prediction.Mode.ToString().ToLowerInvariant();
        terminal.Heading(FormattableString.Invariant(
            $"{prediction.Model}@{prediction.Version}: {prediction.Name}, probability {Number(prediction.Probability)} by {mode}"));
        string next = explanation.NextTopicId is int topic
            ? FormattableString.Invariant($", margin {Number(explanation.Margin)} to topic {topic}")
            : "";
        terminal.Line($"explained: {explanation.TopicName}{next}");
        terminal.Line($"distribution over topics: {Topics(explanation.Distribution)}");
        Table terms = new();
        terms.AddColumns("shared term", "in the text", "in the topic", "contribution");
        foreach (SharedTerm term in explanation.SharedTerms)
        {
            terms.AddRow(Markup.Escape(term.Term), Number(term.TextWeight), Number(term.TopicWeight), Number(term.Contribution));
        }

        terminal.Write(terms);
        if (explanation.Tokens.Count > 0)
        {
            Table tokens = new();
            tokens.AddColumns("word", "similarity by topic");
            foreach (TokenTopics token in explanation.Tokens)
            {
                tokens.AddRow(Markup.Escape(token.Token), Topics(token.Similarities));
            }

            terminal.Write(tokens);
        }
    }

    private static string Topics(IReadOnlyDictionary<int, double> shares) => shares.Count == 0
        ? "no topic"
        : string.Join(", ", shares
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .Take(TopicsShown)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value:0.000}")));

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
