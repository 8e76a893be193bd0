using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>Class of a call, which decides its time limits.</summary>
internal enum CallClass
{
    /// <summary>
    /// A quick read: <see cref="TopicGrpcClientOptions.ReadTimeout"/> and <see cref="TopicGrpcClientOptions.AttemptTimeout"/>.
    /// </summary>
    Read,

    /// <summary>Many texts: <see cref="TopicGrpcClientOptions.BatchTimeout"/>.</summary>
    Batch,

    /// <summary>A change, or a read that the server computes: <see cref="TopicGrpcClientOptions.AdminTimeout"/>.</summary>
    Admin,

    /// <summary>An import or export of a model: <see cref="TopicGrpcClientOptions.TransferTimeout"/>.</summary>
    Transfer,
}
