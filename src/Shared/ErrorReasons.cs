namespace TopicGrpc.Shared;

/// <summary>
/// Values of <c>google.rpc.ErrorInfo.reason</c>: the members of the contract's <c>ErrorReason</c> without their prefix.
/// Shared by server and SDK; a test compares this list with the contract.
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

    /// <summary>The model has no ready version yet.</summary>
    public const string ModelLoading = "MODEL_LOADING";

    /// <summary>The version exists but cannot serve.</summary>
    public const string VersionNotLoaded = "VERSION_NOT_LOADED";

    /// <summary>The queue of texts or transfers is full.</summary>
    public const string QueueFull = "QUEUE_FULL";

    /// <summary>The expected wait exceeds the call's deadline.</summary>
    public const string DeadlineTooShort = "DEADLINE_TOO_SHORT";

    /// <summary>The text is empty or white space.</summary>
    public const string InputEmpty = "INPUT_EMPTY";

    /// <summary>A size exceeds its limit.</summary>
    public const string InputTooLarge = "INPUT_TOO_LARGE";

    /// <summary>The chunk starts after the session's next offset.</summary>
    public const string OffsetGap = "OFFSET_GAP";

    /// <summary>Bytes do not match their checksum.</summary>
    public const string ChecksumMismatch = "CHECKSUM_MISMATCH";

    /// <summary>Another connection took over the ingest session.</summary>
    public const string SessionTakenOver = "SESSION_TAKEN_OVER";

    /// <summary>The corpus is too small to fit.</summary>
    public const string TooFewDocuments = "TOO_FEW_DOCUMENTS";

    /// <summary>The queue of fits is full.</summary>
    public const string FitQueueFull = "FIT_QUEUE_FULL";

    /// <summary>An earlier, different request had this request id.</summary>
    public const string RequestIdReused = "REQUEST_ID_REUSED";

    /// <summary>The model's labels or traffic policy changed after the etag was read.</summary>
    public const string EtagMismatch = "ETAG_MISMATCH";

    /// <summary>The server is shutting down.</summary>
    public const string ServerDraining = "SERVER_DRAINING";

    /// <summary>A fit, a label, the traffic policy or a call uses the resource.</summary>
    public const string InUse = "IN_USE";

    /// <summary>The version needs another encoder.</summary>
    public const string IncompatibleModel = "INCOMPATIBLE_MODEL";

    /// <summary>A field is missing, malformed or out of range.</summary>
    public const string InvalidField = "INVALID_FIELD";

    /// <summary>No such corpus.</summary>
    public const string CorpusNotFound = "CORPUS_NOT_FOUND";

    /// <summary>The corpus already exists.</summary>
    public const string CorpusExists = "CORPUS_EXISTS";

    /// <summary>No such fit.</summary>
    public const string FitNotFound = "FIT_NOT_FOUND";

    /// <summary>No such topic.</summary>
    public const string TopicNotFound = "TOPIC_NOT_FOUND";

    /// <summary>No such layer of topics.</summary>
    public const string LayerNotFound = "LAYER_NOT_FOUND";

    /// <summary>The corpus has a document with this id and other content.</summary>
    public const string DocumentConflict = "DOCUMENT_CONFLICT";

    /// <summary>The version lacks what the request needs.</summary>
    public const string NotAvailable = "NOT_AVAILABLE";

    /// <summary>A defect of the server.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>The event is no longer available.</summary>
    public const string EventGone = "EVENT_GONE";

    /// <summary>A client sent nothing, or too slowly, for longer than the server waits.</summary>
    public const string StreamIdle = "STREAM_IDLE";

    /// <summary>The disk is full, or has only the space that labels and publications need.</summary>
    public const string DiskFull = "DISK_FULL";

    /// <summary>The disk or the database fails at the moment.</summary>
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";

    /// <summary>A limit that the server's options set is reached.</summary>
    public const string LimitReached = "LIMIT_REACHED";

    /// <summary>A corpus or version was deleted, or documents were erased, while a backup copied it.</summary>
    public const string SnapshotChanged = "SNAPSHOT_CHANGED";

    /// <summary>The call has no credentials.</summary>
    public const string CredentialsMissing = "CREDENTIALS_MISSING";

    /// <summary>The credentials are unknown, expired or revoked.</summary>
    public const string CredentialsInvalid = "CREDENTIALS_INVALID";

    /// <summary>The caller's role is too low for the method.</summary>
    public const string RoleRequired = "ROLE_REQUIRED";

    /// <summary>The caller may not create a resource with this name.</summary>
    public const string NameNotAllowed = "NAME_NOT_ALLOWED";

    /// <summary>The caller exceeds a quota per second.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The caller has reached a quota.</summary>
    public const string QuotaReached = "QUOTA_REACHED";

    /// <summary>The fit would need more memory than the server allows.</summary>
    public const string FitTooLarge = "FIT_TOO_LARGE";

    /// <summary>No such erasure.</summary>
    public const string ErasureNotFound = "ERASURE_NOT_FOUND";

    /// <summary>No such key.</summary>
    public const string KeyNotFound = "KEY_NOT_FOUND";

    /// <summary>No such member of the cluster.</summary>
    public const string MemberNotFound = "MEMBER_NOT_FOUND";

    /// <summary>A change is durable, but not all members of the cluster have taken it over in time.</summary>
    public const string MembersBehind = "MEMBERS_BEHIND";
}
