using System.Globalization;
using Grpc.Core;
using TopicGrpc.Engine.Archive.Bertopic;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Errors;

/// <summary>
/// All faults of the server, one method per fault, so that each fault has the same status, reason, message and metadata everywhere.
/// </summary>
internal static partial class Fault
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
        new(StatusCode.InvalidArgument, ErrorReasons.InputEmpty, $"{field}: must contain more than white space.")
        {
            Violations = [new(field, "must contain more than white space")],
        };

    /// <summary>Rejects a text of which the encoder knows no part.</summary>
    public static ServiceException InputUnknown(string field) =>
        new(
            StatusCode.InvalidArgument,
            ErrorReasons.InputEmpty,
            $"{field}: the encoder knows no part of the text, for example because it consists of emoji.")
        {
            Violations = [new(field, "must contain a word or symbol that the encoder knows")],
        };

    /// <summary>Rejects a text that the encoder cannot embed.</summary>
    public static ServiceException InputNotFinite(string field) =>
        new(
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidField,
            $"{field}: the encoder computes numbers that are not finite for this text, so it has no embedding.")
        {
            Violations = [new(field, "must be a text that the encoder can embed")],
        };

    public static ServiceException InputTooLarge(string field, string unit, long limit, long actual) =>
        new(StatusCode.InvalidArgument, ErrorReasons.InputTooLarge, $"{field}: must have at most {Text(limit)} {unit}, not {Text(actual)}.")
        {
            Violations = [new(field, $"must have at most {Text(limit)} {unit}, not {Text(actual)}")],
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit), ["actual"] = Text(actual) },
        };

    public static ServiceException CorpusNotFound(string corpus) =>
        new(
            StatusCode.NotFound,
            ErrorReasons.CorpusNotFound,
            $"The corpus '{corpus}' does not exist.")
        {
            Metadata = One("corpus", corpus),
        };

    public static ServiceException CorpusExists(string corpus) =>
        new(
            StatusCode.AlreadyExists,
            ErrorReasons.CorpusExists,
            $"The corpus '{corpus}' exists already.")
        {
            Metadata = One("corpus", corpus),
        };

    public static ServiceException CorpusInUse(string corpus, string fit) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.InUse,
            $"The fit '{fit}' needs the corpus '{corpus}'. Cancel the fit first, or wait until it ends.")
        {
            Metadata = new Dictionary<string, string> { ["corpus"] = corpus, ["fit"] = fit },
        };

    public static ServiceException CorpusErasing(string corpus) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.InUse,
            $"Documents of the corpus '{corpus}' are being erased. Delete the corpus after the erasure has succeeded.")
        {
            Metadata = One("corpus", corpus),
        };

    public static ServiceException MemberNotFound(string member) =>
        new(StatusCode.NotFound, ErrorReasons.MemberNotFound, $"No live member of the cluster has the id '{member}'.")
        {
            Metadata = One("member", member),
        };

    public static ServiceException ErasureNotFound(string erasure) =>
        new(StatusCode.NotFound, ErrorReasons.ErasureNotFound, $"The erasure '{erasure}' does not exist.")
        {
            Metadata = One("erasure", erasure),
        };

    public static ServiceException VersionNotErased(string version, Exception damage) =>
        new(
            StatusCode.DataLoss,
            ErrorReasons.ChecksumMismatch,
            $"The files of '{version}' are damaged, so erased documents cannot be removed from them: {damage.Message} "
            + "Delete the version, or restore its files from a backup.",
            damage)
        {
            Metadata = One("version", version),
        };

    public static ServiceException CorpusDamaged(string corpus, string what, Exception? inner = null) =>
        new(
            StatusCode.DataLoss,
            ErrorReasons.ChecksumMismatch,
            $"The stored documents of '{corpus}' are damaged: {what}",
            inner)
        {
            Metadata = One("corpus", corpus),
        };

    public static ServiceException DocumentConflict() =>
        new(StatusCode.AlreadyExists, ErrorReasons.DocumentConflict, "The corpus has a document with this id and different content.")
        {
            Violations = [new("id", "is the id of a document with different content")],
        };

    public static ServiceException OffsetGap(long offset, long nextOffset) =>
        new(
            StatusCode.OutOfRange,
            ErrorReasons.OffsetGap,
            $"The session continues at document {Text(nextOffset)}, not at {Text(offset)}.")
        {
            Metadata = One("nextOffset", Text(nextOffset)),
        };

    public static ServiceException SessionTakenOver() =>
        new(StatusCode.Aborted, ErrorReasons.SessionTakenOver, "Another connection has opened this ingest session.");

    public static ServiceException SnapshotChanged(string path) => new(
        StatusCode.Aborted,
        ErrorReasons.SnapshotChanged,
        $"'{path}' was deleted or replaced during the backup. Call again; blocks that were received need not be sent again.");

    public static ServiceException Draining() =>
        new(StatusCode.Unavailable, ErrorReasons.ServerDraining, "The server is shutting down.") { RetryAfter = TimeSpan.FromSeconds(1) };

    public static ServiceException FitNotFound(string fit) =>
        new(StatusCode.NotFound, ErrorReasons.FitNotFound, $"The fit '{fit}' does not exist.") { Metadata = One("fit", fit) };

    public static ServiceException FitQueueFull(int limit) =>
        Full(
            ErrorReasons.FitQueueFull,
            limit,
            $"{Text(limit)} fits are queued already, the most this server allows. Retry later.",
            TimeSpan.FromSeconds(5));

    public static ServiceException FitGivenUp(int attempts) =>
        new(
            StatusCode.Aborted,
            ErrorReasons.Internal,
            $"The server stopped {Text(attempts)} times during this fit; the fit is not retried.");

    public static ServiceException TooFewDocuments(string corpus, long have, long need) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.TooFewDocuments,
            $"'{corpus}' has {Text(have)} documents; these settings need at least {Text(need)}.")
        {
            Metadata = new Dictionary<string, string> { ["have"] = Text(have), ["need"] = Text(need) },
        };

    public static ServiceException OffsetConflict(long offset) =>
        new(
            StatusCode.AlreadyExists,
            ErrorReasons.DocumentConflict,
            $"The session has already processed another document at offset {Text(offset)}, or the document was erased. Send other "
            + "documents with another session id.");

    public static ServiceException NumbersNotFinite(string part) =>
        new(
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidField,
            $"The result was not published: {part} contain a number that is not finite. Lower the settings that multiply or scale, such as "
            + "ctfidf.seed_multiplier and umap.learning_rate.");

    public static ServiceException RequestIdReused() =>
        new(StatusCode.InvalidArgument, ErrorReasons.RequestIdReused, "request_id: must not be the id of a different request.")
        {
            Violations = [new("request_id", "must not be the id of a different request")],
        };

    public static ServiceException EventGone(long firstSequence) =>
        new(
            StatusCode.OutOfRange,
            ErrorReasons.EventGone,
            $"Events before {Text(firstSequence)} are no longer stored.")
        {
            Metadata = One("firstSequence", Text(firstSequence)),
        };

    public static ServiceException ModelNotFound(string model) =>
        new(StatusCode.NotFound, ErrorReasons.ModelNotFound, $"The model '{model}' does not exist.") { Metadata = One("model", model) };

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
        new(
            StatusCode.Unavailable,
            ErrorReasons.ModelLoading,
            $"'{model}' has no version that can serve yet.")
        {
            Metadata = One("model", model),
            RetryAfter = LoadingDelay,
        };

    public static ServiceException VersionNotLoaded(string model, long version, string state, string? why = null) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.VersionNotLoaded,
            $"Version {Text(version)} of '{model}' cannot serve ({state}){(why is null ? "." : ": " + why)}")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["version"] = Text(version), ["state"] = state },
        };

    public static ServiceException IncompatibleModel(string model, long version, string need, string have) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.IncompatibleModel,
            $"Version {Text(version)} of '{model}' was fitted with the encoder {need}; this server runs the encoder {have}.")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["version"] = Text(version), ["need"] = need, ["have"] = have },
        };

    public static ServiceException ForeignEncoder(BertopicEncoder need, string needSha256, EmbedderInfo have)
    {
        bool isByHash = needSha256.Length > 0;
        string name = need.Name ?? "without a name";
        string hash = isByHash ? ", SHA-256 " + needSha256 : string.Empty;
        string needed = $"{name} (dimension {Text(need.Dimension)}{hash})";
        string running = $"{have.Name} (dimension {Text(have.Dimension)}, SHA-256 {have.Sha256})";
        return new(
            StatusCode.FailedPrecondition,
            ErrorReasons.IncompatibleModel,
            $"The model was fitted with the encoder {needed}; this server runs the encoder {running}.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["need"] = isByHash ? needSha256 : name,
                ["have"] = isByHash ? have.Sha256 : have.Name,
            },
        };
    }

    public static ServiceException FileHashMismatch(string file, string received, string announced) =>
        new(
            StatusCode.DataLoss,
            ErrorReasons.ChecksumMismatch,
            $"The file '{file}' has the SHA-256 {received}, but the header says {announced}.")
        {
            Metadata = One("file", file),
        };

    public static ServiceException TransfersFull(int limit) =>
        Full(
            ErrorReasons.QueueFull,
            limit,
            $"{Text(limit)} model transfers are running already, the most this server allows. Retry later.",
            TimeSpan.FromSeconds(1));

    public static ServiceException TableUploadsFull(int limit) =>
        Full(
            ErrorReasons.QueueFull,
            limit,
            $"{Text(limit)} uploads of tables are running already, the most this server allows (Ingest:MaxTableUploads). Retry later.",
            TimeSpan.FromSeconds(1));

    public static ServiceException VersionInUse(string version) =>
        new(
            StatusCode.FailedPrecondition,
            ErrorReasons.InUse,
            $"'{version}' has a label, is in the traffic policy, or is the default version. Move labels and policy away first.")
        {
            Metadata = One("version", version),
        };

    public static ServiceException EtagMismatch(string model, string current) =>
        new(
            StatusCode.Aborted,
            ErrorReasons.EtagMismatch,
            $"Labels or policy of '{model}' changed after the etag was read; the request had no effect. Read the model again.")
        {
            Metadata = new Dictionary<string, string> { ["model"] = model, ["etag"] = current },
        };

    public static ServiceException LabelMoved(string label) =>
        NotAvailable($"The label '{label}' moved during the request; the request had no effect.");

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

    public static ServiceException LayerNotFound(string version, string layer, IEnumerable<string> known) =>
        new(
            StatusCode.NotFound,
            ErrorReasons.LayerNotFound,
            $"'{version}' has no layer '{layer}'; its layers are {string.Join(", ", known)}.")
        {
            Metadata = new Dictionary<string, string> { ["version"] = version, ["layer"] = layer },
        };

    public static ServiceException NotAvailable(string what) => new(StatusCode.FailedPrecondition, ErrorReasons.NotAvailable, what);

    public static ServiceException QueueFull(int limit, TimeSpan retryAfter) =>
        Full(
            ErrorReasons.QueueFull,
            limit,
            $"{Text(limit)} texts are queued already, the most this server allows. Retry later.",
            retryAfter);

    public static ServiceException DeadlineTooShort(TimeSpan expected, TimeSpan remaining, TimeSpan retryAfter) =>
        new(
            StatusCode.ResourceExhausted,
            ErrorReasons.DeadlineTooShort,
            $"The answer takes about {Milliseconds(expected)} ms, but the deadline leaves {Milliseconds(remaining)} ms.")
        {
            Metadata = new Dictionary<string, string>
            {
                ["expectedMs"] = Milliseconds(expected),
                ["remainingMs"] = Milliseconds(remaining),
            },
            RetryAfter = retryAfter,
        };

    public static ServiceException Defect(string trace) =>
        new(StatusCode.Internal, ErrorReasons.Internal, $"Defect of the server. The server's log has details for trace {trace}.")
        {
            Metadata = One("trace", trace),
        };

    /// <summary>Returns the error of a full queue, or of too many calls of a kind at the same time.</summary>
    private static ServiceException Full(string reason, int limit, string message, TimeSpan retryAfter) =>
        new(StatusCode.ResourceExhausted, reason, message) { Metadata = One("limit", Text(limit)), RetryAfter = retryAfter };

    private static string Milliseconds(TimeSpan time) => Text((long)time.TotalMilliseconds);

    private static Dictionary<string, string> One(string key, string value) => new() { [key] = value };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
