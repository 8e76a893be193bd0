using System.Globalization;
using Grpc.Core;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Errors;

/// <summary>Faults of callers: credentials, roles, patterns, quotas and keys.</summary>
internal static class AccessFault
{
    public static ServiceException CredentialsMissing() =>
        new(
            StatusCode.Unauthenticated,
            ErrorReasons.CredentialsMissing,
            "The call has no credentials. Send a key or a token in the header 'authorization' as 'Bearer …', or a key in 'x-api-key'.")
        {
            IsRejection = true,
        };

    /// <summary>Rejects credentials without a word on which part of them is wrong: an attacker would learn from it.</summary>
    public static ServiceException CredentialsInvalid() =>
        new(
            StatusCode.Unauthenticated,
            ErrorReasons.CredentialsInvalid,
            "The credentials are unknown, expired or revoked.")
        {
            IsRejection = true,
        };

    /// <summary>Ends a stream whose credentials ended.</summary>
    public static ServiceException CredentialsEnded() =>
        new(
            StatusCode.Unauthenticated,
            ErrorReasons.CredentialsInvalid,
            "The credentials of this stream have expired or were revoked.")
        {
            IsRejection = true,
        };

    public static ServiceException RoleRequired(string method, Role required, Role actual) =>
        new(
            StatusCode.PermissionDenied,
            ErrorReasons.RoleRequired,
            $"{method} needs the role {Name(required)}; the caller has {Name(actual)}.")
        {
            IsRejection = true,
            Metadata = new Dictionary<string, string> { ["required"] = Name(required), ["actual"] = Name(actual) },
        };

    public static ServiceException NameNotAllowed(string field, string id, IEnumerable<string> patterns) =>
        new(
            StatusCode.PermissionDenied,
            ErrorReasons.NameNotAllowed,
            $"{field}: '{id}' is not in the patterns of the caller ({string.Join(", ", patterns)}).")
        {
            IsRejection = true,
        };

    public static ServiceException PatternsNotAllowed(string method) =>
        new(
            StatusCode.PermissionDenied,
            ErrorReasons.NameNotAllowed,
            $"{method} needs a caller that is not restricted to patterns of models and corpora.")
        {
            IsRejection = true,
        };

    /// <summary>Rejects a resource that the caller may not see, exactly as if it did not exist.</summary>
    public static ServiceException Hidden(ResourceKind kind, string id)
    {
        ServiceException missing = kind switch
        {
            ResourceKind.Model => Fault.ModelNotFound(ResourceNames.Model(id)),
            ResourceKind.Corpus => Fault.CorpusNotFound(ResourceNames.Corpus(id)),
            ResourceKind.Fit => Fault.FitNotFound(ResourceNames.Fit(id)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Resources of this kind have no patterns."),
        };
        return new(missing.Code, missing.Reason, missing.Message) { IsRejection = true, Metadata = missing.Metadata };
    }

    public static ServiceException KeyNotFound(string id) =>
        new(StatusCode.NotFound, ErrorReasons.KeyNotFound, $"The key '{id}' does not exist.")
        {
            Metadata = new Dictionary<string, string> { ["key"] = id },
        };

    public static ServiceException KeyEnded(string id) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.NotAvailable,
            $"The key '{id}' has expired or is revoked. Create another one.");

    public static ServiceException TooManyKeys(int limit) =>
        new(
            StatusCode.ResourceExhausted,
            ErrorReasons.LimitReached,
            string.Create(CultureInfo.InvariantCulture, $"There are {limit} keys already, the most a server stores."))
        {
            Metadata = new Dictionary<string, string> { ["limit"] = limit.ToString(CultureInfo.InvariantCulture) },
        };

    public static ServiceException RateLimited(string quota, long limit, TimeSpan delay) =>
        new(
            StatusCode.ResourceExhausted,
            ErrorReasons.RateLimited,
            string.Create(CultureInfo.InvariantCulture, $"The caller exceeds its quota of {limit} {quota}. Retry later."))
        {
            IsRejection = true,
            Metadata = Quota(quota, limit),
            RetryAfter = delay,
        };

    public static ServiceException QuotaReached(string quota, long limit, TimeSpan delay) =>
        new(
            StatusCode.ResourceExhausted,
            ErrorReasons.QuotaReached,
            string.Create(CultureInfo.InvariantCulture, $"The caller has reached its quota of {limit} {quota}."))
        {
            IsRejection = true,
            Metadata = Quota(quota, limit),
            RetryAfter = delay,
        };

    private static Dictionary<string, string> Quota(string quota, long limit) =>
        new() { ["quota"] = quota, ["limit"] = limit.ToString(CultureInfo.InvariantCulture) };

    private static string Name(Role role) => role == Role.Unspecified ? "none" : role.ToString().ToLowerInvariant();
}
