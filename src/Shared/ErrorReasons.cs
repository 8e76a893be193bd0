namespace TopicGrpc.Shared;

/// <summary>
/// Values of <c>google.rpc.ErrorInfo.reason</c>: the members of the contract's <c>ErrorReason</c> without their prefix.
/// Server and SDK agree on them here; a test compares this list with the contract.
/// </summary>
public static class ErrorReasons
{
    /// <summary>Value of <c>google.rpc.ErrorInfo.domain</c>.</summary>
    public const string Domain = "topicgrpc";

    /// <summary>No such model.</summary>
    public const string ModelNotFound = "MODEL_NOT_FOUND";

    /// <summary>No such version.</summary>
    public const string VersionNotFound = "VERSION_NOT_FOUND";

    /// <summary>No such label.</summary>
    public const string LabelNotFound = "LABEL_NOT_FOUND";

    /// <summary>The model has no version that is ready yet.</summary>
    public const string ModelLoading = "MODEL_LOADING";

    /// <summary>The version exists but does not serve.</summary>
    public const string VersionNotLoaded = "VERSION_NOT_LOADED";

    /// <summary>Too many calls wait.</summary>
    public const string QueueFull = "QUEUE_FULL";

    /// <summary>The wait for an executor would outlast the call's deadline.</summary>
    public const string DeadlineTooShort = "DEADLINE_TOO_SHORT";

    /// <summary>An empty text.</summary>
    public const string InputEmpty = "INPUT_EMPTY";

    /// <summary>Larger than a limit.</summary>
    public const string InputTooLarge = "INPUT_TOO_LARGE";

    /// <summary>A chunk left a hole.</summary>
    public const string OffsetGap = "OFFSET_GAP";

    /// <summary>Stored bytes do not match their checksum.</summary>
    public const string ChecksumMismatch = "CHECKSUM_MISMATCH";

    /// <summary>Another connection took the ingest session over.</summary>
    public const string SessionTakenOver = "SESSION_TAKEN_OVER";

    /// <summary>The corpus is too small to fit.</summary>
    public const string TooFewDocuments = "TOO_FEW_DOCUMENTS";

    /// <summary>Too many fits wait.</summary>
    public const string FitQueueFull = "FIT_QUEUE_FULL";

    /// <summary>A request id came back with another request.</summary>
    public const string RequestIdReused = "REQUEST_ID_REUSED";

    /// <summary>The model changed since its etag was read.</summary>
    public const string EtagMismatch = "ETAG_MISMATCH";

    /// <summary>The server is going down.</summary>
    public const string ServerDraining = "SERVER_DRAINING";

    /// <summary>A fit, a label or a call holds the resource.</summary>
    public const string InUse = "IN_USE";

    /// <summary>The version needs another encoder.</summary>
    public const string IncompatibleModel = "INCOMPATIBLE_MODEL";

    /// <summary>A field is missing, malformed or out of range.</summary>
    public const string InvalidField = "INVALID_FIELD";

    /// <summary>No such corpus.</summary>
    public const string CorpusNotFound = "CORPUS_NOT_FOUND";

    /// <summary>The corpus exists already.</summary>
    public const string CorpusExists = "CORPUS_EXISTS";

    /// <summary>No such fit.</summary>
    public const string FitNotFound = "FIT_NOT_FOUND";

    /// <summary>No such topic.</summary>
    public const string TopicNotFound = "TOPIC_NOT_FOUND";

    /// <summary>The document's id is taken by other content.</summary>
    public const string DocumentConflict = "DOCUMENT_CONFLICT";

    /// <summary>The version was fitted without what is asked for.</summary>
    public const string NotAvailable = "NOT_AVAILABLE";

    /// <summary>A defect of the server.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>The event asked for is no longer kept.</summary>
    public const string EventGone = "EVENT_GONE";
}
