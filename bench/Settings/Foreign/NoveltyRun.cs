using System.Globalization;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Settings.Foreign;

/// <summary>Novelty of held-out and of foreign texts under a fit of the other documents.</summary>
internal sealed class NoveltyRun(Matrix rows, LabeledDocument[] documents, string[] foreign, Matrix? others)
{
    private const int HeldOut = 8;
    private const long OrderStream = 31;
    private static readonly double[] Thresholds = [0.02, 0.03, 0.05, 0.07, 0.1];

    public required int MostDocuments { get; init; }

    public void Write(TextWriter to, int threads, CancellationToken cancellationToken)
    {
        ILookup<bool, int> parts = Shuffled().ToLookup(row => Array.Exists(
            foreign, prefix => documents[row].Label?.StartsWith(prefix, StringComparison.Ordinal) == true));
        int[] familiar = [.. parts[false]];
        int fitted = Math.Min(MostDocuments, familiar.Length - (familiar.Length / HeldOut));
        TopicModel model = Fit(familiar[..fitted], threads, cancellationToken);
        int[] held = [.. familiar[fitted..].Take(Math.Max(1, fitted / HeldOut))];
        int[] classes = [.. parts[true].Take(held.Length)];
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{fitted} documents, {model.Report.Topics} topics; {held.Length} texts held out; foreign: {classes.Length} of the named "
            + $"classes, {others?.Rows ?? 0} of another corpus"));
        foreach (bool byCentroid in (bool[])[false, true])
        {
            string mode = byCentroid ? "centroid" : "density";
            double[] known = Novelty(model, held, rows, byCentroid);
            Write(to, $"{mode}, classes", known, Novelty(model, classes, rows, byCentroid));
            if (others is not null)
            {
                Write(to, $"{mode}, others", known, Novelty(model, [.. Enumerable.Range(0, others.Rows)], others, byCentroid));
            }
        }
    }

    private static void Write(TextWriter to, string name, double[] known, double[] strange)
    {
        if (strange.Length == 0)
        {
            return;
        }

        to.Write(string.Create(CultureInfo.InvariantCulture, $"{name,-18}  AUROC {AreaUnderCurve(known, strange):F3}"));
        foreach (double threshold in Thresholds)
        {
            to.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"  | {threshold:F2}: FP {Below(known, threshold):F3}, recall {Below(strange, threshold):F3}"));
        }

        to.WriteLine();
    }

    /// <summary>Returns the probability that a familiar text has the larger novelty share; equal shares count half.</summary>
    private static double AreaUnderCurve(double[] known, double[] strange)
    {
        double sum = 0;
        foreach (double own in known)
        {
            foreach (double other in strange)
            {
                sum += own > other ? 1 : own.Equals(other) ? 0.5 : 0;
            }
        }

        return sum / ((double)known.Length * strange.Length);
    }

    private static double Below(double[] shares, double threshold) => shares.Count(share => share < threshold) / (double)shares.Length;

    private static double[] Novelty(TopicModel model, int[] texts, Matrix vectors, bool byCentroid)
    {
        TopicQuestion question = new(byCentroid, AllTopics: false, Text: null);
        return Array.ConvertAll(texts, row => model.Answer(vectors.Row(row), question).Novelty ?? 1);
    }

    private TopicModel Fit(int[] chosen, int threads, CancellationToken cancellationToken)
    {
        Matrix vectors = new(chosen.Length, rows.Columns);
        var texts = new Document[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            rows.Row(chosen[i]).CopyTo(vectors.Row(i));
            texts[i] = new Document(i.ToString("D8", CultureInfo.InvariantCulture), documents[chosen[i]].Document.Text);
        }

        EmbedderInfo encoder = new("recorded", "full", new string('0', 64), rows.Columns, 256);
        TopicModelOptions options = new() { Words = new WordOptions { StopWords = StopWords.English } };
        return new TopicModelTrainer(options).Fit(
            texts, vectors, encoder, new ComputeOptions { Threads = threads }, progress: null, cancellationToken);
    }

    private int[] Shuffled()
    {
        int[] order = [.. Enumerable.Range(0, documents.Length)];
        ulong key = CounterRandom.Key(7, OrderStream);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = CounterRandom.Below(i + 1, key, i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
