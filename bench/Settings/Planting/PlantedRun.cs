using System.Globalization;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Onnx;
using TopicGrpc.Parity.Inputs;

namespace TopicGrpc.Settings.Planting;

/// <summary>
/// Fits of generated corpora: topics found against topics planted, and agreement with the planted groups and between seeds.
/// </summary>
internal sealed class PlantedRun(DirectoryInfo cache, int threads) : IDisposable
{
    /// <summary>Largest factor between found and planted topics that counts as found.</summary>
    private const double FoundFactor = 1.5;

    /// <summary>A group with fewer documents is no topic.</summary>
    private const int SmallestGroup = 10;

    private readonly OnnxEmbedder _embedder = OnnxEmbedder.Open(new OnnxEmbedderOptions { Precision = EmbedderPrecision.Fast });
    private readonly ComputeOptions _compute = new() { Threads = threads };

    public static void WriteHeader(TextWriter to) => to.WriteLine(
        "corpus                            planted  topics   found  outliers   AMI  filled  between  seconds  bertopic  ratio");

    /// <summary>Fits one corpus with several seeds and writes a line.</summary>
    /// <param name="plan">The corpus.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seeds">Number of seeds.</param>
    /// <param name="compared">Settings whose time is compared; null for none.</param>
    /// <param name="to">Receives the line.</param>
    /// <param name="cancellationToken">Cancels between fits.</param>
    /// <returns>True if every seed found the planted number within the factor.</returns>
    public bool Measure(
        PlantedPlan plan,
        TopicModelOptions options,
        int seeds,
        TopicModelOptions? compared,
        TextWriter to,
        CancellationToken cancellationToken)
    {
        LabeledDocument[] documents = PlantedCorpus.Create(plan);
        SeedRun run = new(Vectors(plan, documents, cancellationToken), documents, threads);
        List<SeedResult> results = [];
        for (int i = 0; i < seeds; i++)
        {
            results.Add(run.Measure(options, 42 + i, cancellationToken));
        }

        double? other = compared is null ? null : run.Measure(compared, 42, cancellationToken).Seconds;
        int planted = documents.GroupBy(static document => document.Label)
            .Count(static group => group.Key != PlantedCorpus.Foreign && group.Count() >= SmallestGroup);
        int found = results.Count(result => result.Topics <= planted * FoundFactor && result.Topics >= planted / FoundFactor);
        double seconds = results.Min(static result => result.Seconds);
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Name,-32}  {planted,7}  {Range(results),7}  {found,3}/{seeds}  {results.Average(static r => r.OutlierShare),8:F3}  "
            + $"{results.Average(static r => r.ClassAgreement),4:F3}  {results.Average(static r => r.FilledAgreement),6:F3}  "
            + $"{QualityTable.Between(results),7:F3}  {seconds,7:F2}  {other,8:F2}  {seconds / other,5:F2}"));
        return found == seeds;
    }

    public void Dispose() => _embedder.Dispose();

    private static string Range(List<SeedResult> results)
    {
        (int least, int most) = (results.Min(static result => result.Topics), results.Max(static result => result.Topics));
        string range = string.Create(CultureInfo.InvariantCulture, $"{least}–{most}");
        return least == most ? least.ToString(CultureInfo.InvariantCulture) : range;
    }

    private Matrix Vectors(PlantedPlan plan, LabeledDocument[] documents, CancellationToken cancellationToken)
    {
        string path = Path.Combine(cache.FullName, $"{plan.Name}.f32");
        Matrix rows = new(documents.Length, _embedder.Info.Dimension);
        Span<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.Span);
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length)
        {
            using FileStream cached = File.OpenRead(path);
            cached.ReadExactly(bytes);
            return rows;
        }

        string[] texts = Array.ConvertAll(documents, static document => document.Document.Text);
        rows = BulkEmbedder.Embed(_embedder, texts, _compute, progress: null, cancellationToken);
        cache.Create();
        File.WriteAllBytes(path, System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.Span));
        return rows;
    }
}
