using System.Text.Json.Serialization;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Stages.Growth;

/// <summary>One fit of planted vectors.</summary>
/// <param name="Documents">Number of documents.</param>
/// <param name="Settings"><c>bertopic</c> or <c>auto</c>.</param>
/// <param name="Stages">Cost of each stage.</param>
internal sealed record GrowthReport(int Documents, string Settings, IReadOnlyList<GrowthStage> Stages)
{
    /// <summary>Elapsed seconds of all stages.</summary>
    public double Seconds => Math.Round(Stages.Sum(static stage => stage.Seconds), 2);

    /// <summary>Processor seconds of all stages on all threads.</summary>
    public double CpuSeconds => Math.Round(Stages.Sum(static stage => stage.CpuSeconds), 2);

    /// <summary>Seconds that the engine estimates for the stages.</summary>
    public double EstimatedSeconds => Math.Round(Stages.Sum(static stage => stage.EstimatedSeconds), 2);

    /// <summary>Peak private memory, without that of the process before the fit, in megabytes (10⁶ bytes).</summary>
    public double PrivateMb => Stages.Max(static stage => stage.PrivateMb);

    /// <summary>Peak private memory that the engine estimates, in megabytes.</summary>
    public double EstimatedMb => Stages.Max(static stage => stage.EstimatedMb);

    /// <summary>Peak private memory divided by the number of documents.</summary>
    public double BytesPerDocument => Math.Round(PrivateMb * 1e6 / Documents);

    /// <summary>Share of the exact neighbors of sampled rows that the search found.</summary>
    public required double Recall { get; init; }

    /// <summary>Adjusted mutual information of the final clusters with the planted topics; outliers are one class.</summary>
    public required double Agreement { get; init; }

    /// <summary>Number of clusters.</summary>
    public required int Clusters { get; init; }

    /// <summary>Number of documents without a cluster.</summary>
    public required int Outliers { get; init; }

    /// <summary>Load average of the machine when the fit ended; above the number of cores, elapsed seconds are too long.</summary>
    public double? Load { get; init; }
}

/// <summary>Cost of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Seconds">Elapsed seconds.</param>
/// <param name="CpuSeconds">Processor seconds of all threads.</param>
/// <param name="PrivateMb">Peak private memory above that before the fit, in megabytes.</param>
/// <param name="EstimatedSeconds">Elapsed seconds that the engine estimates.</param>
/// <param name="EstimatedMb">Peak private memory that the engine estimates, in megabytes.</param>
internal sealed record GrowthStage(
    FitStage Stage,
    double Seconds,
    double CpuSeconds,
    double PrivateMb,
    double EstimatedSeconds,
    double EstimatedMb);

/// <summary>Source-generated JSON metadata of <see cref="GrowthReport"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GrowthReport))]
internal sealed partial class GrowthContext : JsonSerializerContext;
