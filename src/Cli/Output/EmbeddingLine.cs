using System.Globalization;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Output;

/// <summary>Number, dimension and throughput of a fit's embeddings as one human-readable line.</summary>
internal static class EmbeddingLine
{
    public static string Of(FitReport report)
    {
        string cached = report.CachedEmbeddingCount > 0 ? Text($", {report.CachedEmbeddingCount} cached by an earlier fit") : "";
        return Text($"embeddings {report.DocumentCount} x {report.EmbeddingDimension}, {report.DocumentsPerSecond:0} documents/s") + cached;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
