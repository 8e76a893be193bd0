using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>States of fits for the contract.</summary>
internal static class FitStateMapping
{
    /// <summary>Maps a state: a fit without settings, operation and report.</summary>
    public static Fit ToProto(FitState state) => new()
    {
        Name = ResourceNames.Fit(state.Id),
        Model = ResourceNames.Model(state.ModelId),
        Corpus = state.CorpusId.Length == 0 ? string.Empty : ResourceNames.Corpus(state.CorpusId),
        ParentVersion = state.IsDerivation ? state.ParentVersion : string.Empty,
        AssignLabels = { state.AssignLabels },
        State = ToProto(state.Status),
        Stage = state.Stage is { } stage ? FitMapping.ToProto(stage) : Fit.Types.Stage.Unspecified,
        StageProgress = state.StageProgress,
        DocumentsPerSecond = state.DocumentsPerSecond,
        DocumentCount = state.DocumentCount,
        ModelVersion = state.IsAssignment ? state.ParentVersion : state.ModelVersion,
        Kind = KindOf(state),
        Error = state.Error,
        CreateTime = Timestamp.FromDateTimeOffset(state.Created),
        StartTime = state.Started is { } started ? Timestamp.FromDateTimeOffset(started) : null,
        CreatedBy = state.CreatedBy,
        Estimate = state.HasEnded ? null : state.Estimate,
        EndTime = state.Ended is { } ended ? Timestamp.FromDateTimeOffset(ended) : null,
    };

    /// <summary>Maps a state with all that the fit was asked and, after success, did.</summary>
    public static Fit ToProto(FitState state, FitContent content)
    {
        Fit fit = ToProto(state);
        fit.Settings = content.Settings;
        fit.Operation = content.Operation;
        fit.Report = state.Status == FitStatus.Succeeded ? content.Report : null;
        return fit;
    }

    /// <summary>Maps an event.</summary>
    public static WatchFitResponse ToProto(FitEvent item) => new() { Sequence = item.Sequence, Fit = ToProto(item.State) };

    private static Fit.Types.Kind KindOf(FitState state) => state switch
    {
        { IsAssignment: true } => Fit.Types.Kind.Assignment,
        { IsDerivation: true } => Fit.Types.Kind.Derivation,
        _ => Fit.Types.Kind.Fit,
    };

    private static Fit.Types.State ToProto(FitStatus status) => status switch
    {
        FitStatus.Queued => Fit.Types.State.Queued,
        FitStatus.Running => Fit.Types.State.Running,
        FitStatus.Cancelling => Fit.Types.State.Cancelling,
        FitStatus.Succeeded => Fit.Types.State.Succeeded,
        FitStatus.Failed => Fit.Types.State.Failed,
        FitStatus.Cancelled => Fit.Types.State.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "The status is not known."),
    };
}
