using System.Text.Json.Serialization;

namespace TopicGrpc.Transfer;

/// <summary>How one fit carries over. Outliers count as a class of their own in the agreement with the labels (AMI).</summary>
/// <param name="Seed">Seed of the layout.</param>
/// <param name="Topics">Topics found, without the outliers.</param>
/// <param name="AmiTraining">Agreement of the training posts' topics with their labels.</param>
/// <param name="AmiTest">The same of the test posts' assignments.</param>
/// <param name="OutliersTraining">Share of training posts in no topic.</param>
/// <param name="OutliersTest">Share of test posts assigned to no topic.</param>
/// <param name="TrainingAgain">Share of training posts whose assignment as new documents is their topic of the fit.</param>
/// <param name="AloneAsInBatch">Share of posts, training and test, answered alike, to the last bit, alone and in a parallel batch.</param>
internal sealed record TransferReport(
    long Seed, int Topics, double AmiTraining, double AmiTest, double OutliersTraining, double OutliersTest, double TrainingAgain, double AloneAsInBatch);

/// <summary>Generated writer of <see cref="TransferReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TransferReport))]
internal sealed partial class ReportContext : JsonSerializerContext;
