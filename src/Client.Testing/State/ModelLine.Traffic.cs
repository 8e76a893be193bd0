using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.State;

/// <summary>Who answers calls that name no version, and what the shadow version said.</summary>
internal sealed partial class ModelLine
{
    private const int Whole = RoutingDraw.Whole;
    private TrafficPolicy? _policy;
    private ShadowReport? _report;

    /// <summary>The report that a test set; else one without calls for the version that the policy names.</summary>
    public ShadowReport ShadowReport
    {
        get => _report ?? (_policy?.ShadowVersion is { } shadow
            ? new ShadowReport { Model = model, ShadowVersion = shadow }
            : throw Refused(
                ErrorReasons.NotAvailable,
                $"The traffic policy of the fake's model '{model}' names no shadow version, and no report was set by FakeModels.SetShadowReport."));
        set => _report = value;
    }

    /// <summary>The version whose share a draw falls into; null where no policy splits.</summary>
    /// <param name="draw">Draws 0 to 9,999.</param>
    public long? Choose(Func<int> draw)
    {
        if (_policy is not { Targets.Count: > 0 } policy)
        {
            return null;
        }

        return policy.Targets[RoutingDraw.TargetOf(draw(), policy.Targets.Select(static target => target.Weight))].Version;
    }

    /// <summary>Replaces the policy. One that is in force already changes nothing, whatever the etag.</summary>
    public void SetPolicy(TrafficPolicy policy, string etag)
    {
        Check(policy);
        if (policy.ShadowVersion == (_policy?.ShadowVersion) && policy.Targets.SequenceEqual(_policy?.Targets ?? [])
            && (policy.ShadowVersion is null || policy.ShadowSample == _policy!.ShadowSample))
        {
            return;
        }

        CheckEtag(etag);
        foreach (long version in Named(policy))
        {
            Version(version);
        }

        _policy = policy.Targets.Count == 0 && policy.ShadowVersion is null ? null : policy;
        Change();
    }

    private static IEnumerable<long> Named(TrafficPolicy policy) =>
        policy.Targets.Select(static target => target.Version).Concat(policy.ShadowVersion is { } shadow ? [shadow] : []);

    private static void Check(TrafficPolicy policy)
    {
        long sum = policy.Targets.Sum(static target => (long)target.Weight);
        string fault = policy switch
        {
            { Targets.Count: > 0 } when sum != Whole || policy.Targets.Any(static target => target.Weight < 1) =>
                $"Shares of 1 basis point or more must sum to {Whole}; they sum to {sum}.",
            _ when policy.Targets.DistinctBy(static target => target.Version).Count() < policy.Targets.Count => "A version is named twice.",
            _ when policy.Targets.Any(target => target.Version == policy.ShadowVersion) => "The shadow version is one of the targets.",
            { ShadowVersion: not null, ShadowSample: < 1 or > Whole } => $"The share of texts copied must lie between 1 and {Whole} basis points.",
            _ => "",
        };
        if (fault.Length > 0)
        {
            throw new InvalidRequestException(fault, new ErrorDetails
            {
                Status = TopicGrpcStatus.InvalidArgument,
                Reason = ErrorReasons.InvalidField,
                Violations = [new FieldViolation("traffic_policy", fault)],
            });
        }
    }
}
