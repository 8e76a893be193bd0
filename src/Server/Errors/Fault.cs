using System.Globalization;
using Grpc.Core;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Errors;

/// <summary>Every refusal of the server, one method each, so that status, reason, wording and metadata agree wherever it happens.</summary>
internal static class Fault
{
    private static readonly TimeSpan LoadingDelay = TimeSpan.FromMilliseconds(500);

    public static ServiceException InvalidField(string field, string description)
    {
        ViolationList violations = new();
        violations.Add(field, description);
        return InvalidFields(violations);
    }

    /// <summary>Rejects a request. The reason is INVALID_FIELD unless its only violation has another one.</summary>
    public static ServiceException InvalidFields(ViolationList violations) =>
        violations is { Count: 1, Items: [{ Reason: not ErrorReasons.InvalidField } only] }
            ? new(StatusCode.InvalidArgument, only.Reason, $"{only.Field}: {only.Description}.")
            {
                Violations = violations.Items,
                Metadata = only is { Limit: { } limit, Actual: { } actual }
                    ? new Dictionary<string, string> { ["limit"] = Text(limit), ["actual"] = Text(actual) }
                    : [],
            }
            : new(StatusCode.InvalidArgument, ErrorReasons.InvalidField, violations.ToString()) { Violations = violations.Items };

    /// <exception cref="ServiceException">There are violations.</exception>
    public static void ThrowIfAny(ViolationList violations)
    {
        if (violations.Count > 0)
        {
            throw InvalidFields(violations);
        }
    }

    public static ServiceException InputEmpty(string field) =>
        new(StatusCode.InvalidArgument, ErrorReasons.InputEmpty, $"{field}: must hold more than white space.")
        {
            Violations = [new(field, "must hold more than white space")],
        };

    public static ServiceException InputTooLarge(string field, string unit, long limit, long actual) =>
        new(StatusCode.InvalidArgument, ErrorReasons.InputTooLarge, $"{field}: at most {Text(limit)} {unit}, {Text(actual)} given.")
        {
            Violations = [new(field, $"at most {Text(limit)} {unit}, {Text(actual)} given")],
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit), ["actual"] = Text(actual) },
        };

    public static ServiceException CorpusNotFound(string corpus) =>
        new(StatusCode.NotFound, ErrorReasons.CorpusNotFound, $"There is no corpus '{corpus}'.") { Metadata = One("corpus", corpus) };

    public static ServiceException CorpusExists(string corpus) =>
        new(StatusCode.AlreadyExists, ErrorReasons.CorpusExists, $"There is a corpus '{corpus}' already.") { Metadata = One("corpus", corpus) };

    public static ServiceException CorpusInUse(string corpus, string fit) =>
        new(StatusCode.FailedPrecondition, ErrorReasons.InUse, $"The fit '{fit}' needs the corpus '{corpus}'; cancel it first or wait for its end.")
        {
            Metadata = new Dictionary<string, string> { ["corpus"] = corpus, ["fit"] = fit },
        };

    public static ServiceException CorpusDamaged(string corpus, string what, Exception? inner = null) =>
        new(StatusCode.DataLoss, ErrorReasons.ChecksumMismatch, $"The stored documents of '{corpus}' are damaged: {what}", inner) { Metadata = One("corpus", corpus) };

    public static ServiceException StorageUnavailable(string what, Exception inner) =>
        new(StatusCode.Unavailable, ErrorReasons.Internal, $"{what} could not be written; nothing was acknowledged.", inner) { RetryAfter = TimeSpan.FromSeconds(1) };

    public static ServiceException DocumentConflict() =>
        new(StatusCode.AlreadyExists, ErrorReasons.DocumentConflict, "The corpus holds a document of this id with other content.")
        {
            Violations = [new("id", "taken by a document with other content")],
        };

    public static ServiceException OffsetGap(long offset, long nextOffset) =>
        new(StatusCode.OutOfRange, ErrorReasons.OffsetGap, $"The session goes on at document {Text(nextOffset)}, not at {Text(offset)}.") { Metadata = One("nextOffset", Text(nextOffset)) };

    public static ServiceException SessionTakenOver() =>
        new(StatusCode.Aborted, ErrorReasons.SessionTakenOver, "Another connection has taken this ingest session over.");

    public static ServiceException Draining() =>
        new(StatusCode.Unavailable, ErrorReasons.ServerDraining, "The server is going down.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static ServiceException FitNotFound(string fit) =>
        new(StatusCode.NotFound, ErrorReasons.FitNotFound, $"There is no fit '{fit}'.") { Metadata = One("fit", fit) };

    public static ServiceException FitQueueFull(int limit) =>
        new(StatusCode.ResourceExhausted, ErrorReasons.FitQueueFull, $"{Text(limit)} fits wait already.") { Metadata = One("limit", Text(limit)), RetryAfter = TimeSpan.FromSeconds(5) };

    public static ServiceException FitGivenUp(int attempts) =>
        new(StatusCode.Aborted, ErrorReasons.Internal, $"The server went down {Text(attempts)} times in the midst of this fit; it is not begun again.");

    public static ServiceException TooFewDocuments(string corpus, long have, long need) =>
        new(StatusCode.FailedPrecondition, ErrorReasons.TooFewDocuments, $"'{corpus}' holds {Text(have)} documents; these settings need at least {Text(need)}.")
        {
            Metadata = new Dictionary<string, string> { ["have"] = Text(have), ["need"] = Text(need) },
        };

    public static ServiceException RequestIdReused() =>
        new(StatusCode.InvalidArgument, ErrorReasons.RequestIdReused, "request_id: another request carried this id.")
        {
            Violations = [new("request_id", "another request carried this id")],
        };

    public static ServiceException EventGone(long firstSequence) =>
        new(StatusCode.OutOfRange, ErrorReasons.EventGone, $"Events before {Text(firstSequence)} are no longer kept.") { Metadata = One("firstSequence", Text(firstSequence)) };

    public static ServiceException ModelNotFound(string model) =>
        new(StatusCode.NotFound, ErrorReasons.ModelNotFound, $"There is no model '{model}'.") { Metadata = One("model", model) };

    public static ServiceException VersionNotFound(string model, long version) =>
        new(StatusCode.NotFound, ErrorReasons.VersionNotFound, $"'{model}' has no version {Text(version)}.")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["version"] = Text(version) },
        };

    public static ServiceException LabelNotFound(string model, string label) =>
        new(StatusCode.NotFound, ErrorReasons.LabelNotFound, $"'{model}' has no label '{label}'.")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["label"] = label },
        };

    public static ServiceException ModelLoading(string model) =>
        new(StatusCode.Unavailable, ErrorReasons.ModelLoading, $"'{model}' has no version that is ready yet.") { Metadata = One("model", model), RetryAfter = LoadingDelay };

    public static ServiceException VersionNotLoaded(string model, long version, string state, string? why = null) =>
        new(StatusCode.FailedPrecondition, ErrorReasons.VersionNotLoaded, $"Version {Text(version)} of '{model}' does not serve ({state}){(why is null ? "." : ": " + why)}")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["version"] = Text(version), ["state"] = state },
        };

    public static ServiceException IncompatibleModel(string model, long version, string need, string have) =>
        new(StatusCode.FailedPrecondition, ErrorReasons.IncompatibleModel, $"Version {Text(version)} of '{model}' was fitted with the encoder {need}; this server runs {have}.")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["version"] = Text(version), ["need"] = need, ["have"] = have },
        };

    public static ServiceException ForeignEncoder(BertopicEncoder need, string needSha256, EmbedderInfo have)
    {
        string name = need.Name ?? "without a name";
        return new(
            StatusCode.FailedPrecondition,
            ErrorReasons.IncompatibleModel,
            $"The model was made with the encoder {name} ({Text(need.Dimension)} values{(needSha256.Length == 0 ? string.Empty : ", SHA-256 " + needSha256)}); this server runs {have.Name} ({Text(have.Dimension)} values, SHA-256 {have.Sha256}).")
        {
            Metadata = new Dictionary<string, string> { ["need"] = needSha256.Length == 0 ? name : needSha256, ["have"] = needSha256.Length == 0 ? have.Name : have.Sha256 },
        };
    }

    public static ServiceException ArrivedOtherwise(string file, string arrived, string announced) =>
        new(StatusCode.DataLoss, ErrorReasons.ChecksumMismatch, $"Other bytes of '{file}' arrived than the header announced: their SHA-256 is {arrived}, not {announced}.")
        {
            Metadata = One("file", file),
        };

    public static ServiceException TransfersFull(int limit) =>
        new(StatusCode.ResourceExhausted, ErrorReasons.QueueFull, $"{Text(limit)} models are on their way in or out already.") { Metadata = One("limit", Text(limit)), RetryAfter = TimeSpan.FromSeconds(1) };

    public static ServiceException VersionInUse(string version) =>
        new(StatusCode.FailedPrecondition, ErrorReasons.InUse, $"'{version}' carries a label, stands in the traffic policy or answers calls that name no version; point them elsewhere first.") { Metadata = One("version", version) };

    public static ServiceException EtagMismatch(string model, string current) =>
        new(StatusCode.Aborted, ErrorReasons.EtagMismatch, $"Labels or policy of '{model}' changed since the etag was read; nothing was changed now.")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["etag"] = current },
        };

    public static ServiceException LabelMoved(string label) => NotAvailable($"The label '{label}' has moved meanwhile; nothing was changed.");

    public static ServiceException TopicNotFound(string version, int topic) =>
        new(StatusCode.NotFound, ErrorReasons.TopicNotFound, $"'{version}' has no topic {Text(topic)}.")
        {
            Metadata = new Dictionary<string, string> { ["version"] = version, ["topic"] = Text(topic) },
        };

    public static ServiceException TopicNotFound(string version, string uid) =>
        new(StatusCode.NotFound, ErrorReasons.TopicNotFound, $"'{version}' has no topic with the uid '{uid}'.")
        {
            Metadata = new Dictionary<string, string> { ["version"] = version, ["topic"] = uid },
        };

    public static ServiceException NotAvailable(string what) => new(StatusCode.FailedPrecondition, ErrorReasons.NotAvailable, what);

    public static ServiceException QueueFull(int limit, TimeSpan retryAfter) =>
        new(StatusCode.ResourceExhausted, ErrorReasons.QueueFull, $"{Text(limit)} texts wait already.") { Metadata = One("limit", Text(limit)), RetryAfter = retryAfter };

    public static ServiceException DeadlineTooShort(TimeSpan expected, TimeSpan remaining, TimeSpan retryAfter) =>
        new(StatusCode.ResourceExhausted, ErrorReasons.DeadlineTooShort, $"The answer would take about {Text((long)expected.TotalMilliseconds)} ms; the deadline leaves {Text((long)remaining.TotalMilliseconds)} ms.")
        {
            Metadata = new Dictionary<string, string> { ["expectedMs"] = Text((long)expected.TotalMilliseconds), ["remainingMs"] = Text((long)remaining.TotalMilliseconds) },
            RetryAfter = retryAfter,
        };

    private static Dictionary<string, string> One(string key, string value) => new() { [key] = value };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
