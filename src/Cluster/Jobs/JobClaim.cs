using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>Row of an unfinished job in the table <c>job_claims</c>: which member runs it, and what its row in <c>fits</c> lacks.</summary>
/// <param name="FitId">Id of the job.</param>
/// <param name="Member">Id of the member that claimed it; empty: none.</param>
/// <param name="Epoch">Number of the last claim; a change of the job names it.</param>
/// <param name="IsHeld">Whether the member of the claim is alive in the run in which it claimed the job.</param>
internal sealed record JobClaim(string FitId, string Member, long Epoch, bool IsHeld)
{
    /// <summary>Expected private memory in bytes; 0: unknown.</summary>
    public long Memory { get; init; }

    /// <summary>Whether a client asked to stop it.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Whether the current run must start again, because documents that it may have read were erased.</summary>
    public bool IsRestarted { get; init; }

    /// <summary>Resource name of the version that it published; empty before.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>Number of its last stored event.</summary>
    public long Sequence { get; init; }

    /// <summary>Stage of the run at that event.</summary>
    public FitStage? Stage { get; init; }

    /// <summary>Share of the stage that is done.</summary>
    public double StageProgress { get; init; }

    /// <summary>Documents per second in the embedding stage.</summary>
    public double DocumentsPerSecond { get; init; }

    /// <summary>Documents read.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Message with the expected cost; null: none.</summary>
    public byte[]? Estimate { get; init; }

    /// <summary>Returns the row of a job with its number and progress of the last stored event.</summary>
    public FitRow Complete(FitRow row) => row with
    {
        LastSequence = Sequence,
        State = row.State with
        {
            Stage = Stage,
            StageProgress = StageProgress,
            DocumentsPerSecond = DocumentsPerSecond,
            DocumentCount = Math.Max(row.State.DocumentCount, DocumentCount),
            Estimate = Estimate is null ? null : V1.FitEstimate.Parser.ParseFrom(Estimate),
        },
    };
}
