using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Reports;

/// <summary>A version in a machine-readable list.</summary>
internal sealed record ReportVersion(
    long Version,
    VersionState State,
    string? Error,
    int Topics,
    long Documents,
    double OutlierShare,
    DateTimeOffset? Created,
    string EncoderSha256,
    long? Parent,
    ReportQuality? Quality,
    ModelSource? ImportedFrom)
{
    public static ReportVersion Of(ModelVersion version) => new(
        version.Version,
        version.State,
        version.ErrorMessage.Length == 0 ? null : version.ErrorMessage,
        version.TopicCount,
        version.DocumentCount,
        version.OutlierShare,
        version.Created,
        version.EncoderSha256,
        version.ParentVersion,
        ReportQuality.Of(version.Report?.Quality),
        version.ImportedFrom);
}
