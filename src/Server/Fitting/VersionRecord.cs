using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using FitReport = TopicGrpc.V1.FitReport;

namespace TopicGrpc.Server.Fitting;

/// <summary>Creates the record that the database holds of a version.</summary>
internal static class VersionRecord
{
    /// <summary>Creates the record of a version that a fit or a derivation made.</summary>
    public static ModelVersion Create(
        TopicModel model, FitState fit, VersionOperation? operation, FitReport report, DateTimeOffset now)
    {
        ModelVersion version = Create(model, report, now);
        version.Fit = ResourceNames.Fit(fit.Id);
        version.ParentVersion = fit.ParentVersion;
        version.Operation = operation;
        version.CreatedBy = fit.CreatedBy;
        return version;
    }

    /// <summary>Creates the record of an imported version.</summary>
    public static ModelVersion Create(TopicModel model, FitReport report, DateTimeOffset now) => new()
    {
        TopicCount = model.Report.Topics,
        DocumentCount = model.Report.Documents,
        OutlierShare = model.Report.Documents == 0 ? 0 : (double)model.Report.Outliers / model.Report.Documents,
        EncoderSha256 = GivenEncoder.WeightsOf(model.Embedder),
        GivenEmbeddings = GivenEncoder.ToProto(model.Embedder),
        CreateTime = Timestamp.FromDateTimeOffset(now),
        Report = report,
    };
}
