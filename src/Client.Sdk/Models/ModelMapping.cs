using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Operations;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <summary>Maps models and versions.</summary>
internal static class ModelMapping
{
    public static ModelInfo Map(Wire.Model wire) => new()
    {
        Name = WireNames.Id(wire.Name),
        Labels = new Dictionary<string, long>(wire.VersionLabels, StringComparer.Ordinal),
        Traffic = TrafficMapping.Map(wire.TrafficPolicy),
        Etag = wire.Etag,
        LatestVersion = wire.LatestVersionNumber,
        Created = WireTimes.Time(wire.CreateTime),
    };

    public static ModelVersion Map(Wire.ModelVersion wire) => new()
    {
        Model = WireNames.ParseVersion(wire.Name).Model,
        Version = wire.VersionNumber,
        State = Map(wire.State),
        ErrorMessage = wire.Error?.Message ?? "",
        TopicCount = wire.TopicCount,
        DocumentCount = wire.DocumentCount,
        OutlierShare = wire.OutlierShare,
        Report = wire.Report is null ? null : FitMapping.Map(wire.Report),
        EncoderSha256 = wire.EncoderSha256,
        GivenEmbeddings = CorpusMapping.Map(wire.GivenEmbeddings),
        ActiveLeases = wire.ActiveLeases,
        Created = WireTimes.Time(wire.CreateTime),
        LoadTime = WireTimes.Span(wire.LoadDuration),
        Fit = WireNames.Id(wire.Fit),
        ParentVersion = wire.ParentVersion.Length == 0 ? null : WireNames.ParseVersion(wire.ParentVersion).Version,
        Operation = OperationMapping.Map(wire.Operation),
        CreatedBy = wire.CreatedBy,
        ImportedFrom =
            wire.ImportedFrom is { } source ? new ModelSource(source.Format, source.EncoderName, source.Sha256, source.SizeBytes) : null,
    };

    public static ModelFile Map(Wire.ModelFile wire) => new(wire.Name, wire.SizeBytes, wire.Sha256);

    private static VersionState Map(Wire.ModelVersion.Types.State state) => state switch
    {
        Wire.ModelVersion.Types.State.Stored => VersionState.Stored,
        Wire.ModelVersion.Types.State.Loading => VersionState.Loading,
        Wire.ModelVersion.Types.State.Ready => VersionState.Ready,
        Wire.ModelVersion.Types.State.Draining => VersionState.Draining,
        Wire.ModelVersion.Types.State.Failed => VersionState.Failed,
        Wire.ModelVersion.Types.State.Deleted => VersionState.Deleted,
        _ => VersionState.Unknown,
    };
}
