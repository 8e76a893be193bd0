namespace TopicGrpc.Client.Keys;

/// <summary>What callers with a key may do. A role includes all roles before it.</summary>
public enum KeyRole
{
    /// <summary>No role; a key needs another one.</summary>
    None = 0,

    /// <summary>Read models, corpora and fits, and predict.</summary>
    Reader = 1,

    /// <summary>Also create corpora and ingest documents.</summary>
    Writer = 2,

    /// <summary>Also fit, derive versions, and move labels and traffic.</summary>
    Trainer = 3,

    /// <summary>Also delete, import, export and manage keys.</summary>
    Admin = 4,
}
