using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Testing.State;

/// <summary>Traffic policy and shadow report of the model.</summary>
internal sealed partial class ModelLine
{
    private const int Whole = RoutingDraw.Whole;
    private TrafficPolicy? _policy;
    private ShadowReport? _report;

    /// <summary>The report that a test set, otherwise a report without calls for the shadow version of the policy.</summary>
    public ShadowReport ShadowReport
    {
        get => _report ?? (_policy?.ShadowVersion is { } shadow
            ? new ShadowReport { Model = model, ShadowVersion = shadow }
            : throw Rejected(
                ErrorReasons.NotAvailable,
                $"The fake's model '{model}' has no shadow version; script a report with FakeModels.SetShadowReport."));
        set => _report = value;
    }

    /// <summary>Returns the target version of a draw; null if no policy has targets.</summary>
    /// <param name="draw">Returns a draw from 0 to 9,999.</param>
    public long? Choose(Func<int> draw)
    {
        if (_policy is not { Targets.Count: > 0 } policy)
        {
            return null;
        }

        return policy.Targets[RoutingDraw.TargetOf(draw(), policy.Targets.Select(static target => target.Weight))].Version;
    }

    /// <summary>Replaces the policy. An equal policy changes nothing and passes with any etag, so a retry succeeds.</summary>
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
                $"Weights must be at least 1 and sum to {Whole}; they sum to {sum}.",
            _ when policy.Targets.DistinctBy(
                static target => target.Version).Count() < policy.Targets.Count => "Each target must have a different version.",
            _ when policy.Targets.Any(target => target.Version == policy.ShadowVersion) => "The shadow version must not be a target.",
            { ShadowVersion: not null, ShadowSample: < 1 or > Whole } => $"The shadow sample must be 1 to {Whole} basis points.",
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
