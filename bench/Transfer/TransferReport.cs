using System.Text.Json.Serialization;

namespace TopicGrpc.Transfer;

/// <summary>
/// Transfer of one fit to new documents. The agreement with the classes is the adjusted mutual information (AMI), with
/// outliers as a class.
/// </summary>
/// <param name="Seed">Random seed of the layout.</param>
/// <param name="Topics">Number of topics without the outlier topic.</param>
/// <param name="AmiTraining">AMI of training posts: topics of the fit and classes.</param>
/// <param name="AmiTest">AMI of test posts: predictions and classes.</param>
/// <param name="OutliersTraining">Share of outliers among training posts.</param>
/// <param name="OutliersTest">Share of outliers among predictions for test posts.</param>
/// <param name="TrainingAgain">Share of training posts whose prediction as new documents equals their topic of the fit.</param>
/// <param name="AloneAsInBatch">Share of posts whose prediction has the same bits alone and in a parallel batch.</param>
internal sealed record TransferReport(
    long Seed,
    int Topics,
    double AmiTraining,
    double AmiTest,
    double OutliersTraining,
    double OutliersTest,
    double TrainingAgain,
    double AloneAsInBatch);

/// <summary>Source-generated JSON metadata of <see cref="TransferReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TransferReport))]
internal sealed partial class ReportContext : JsonSerializerContext;
