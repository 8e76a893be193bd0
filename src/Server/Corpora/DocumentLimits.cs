using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Corpora;

/// <summary>The limits of a document, which the contract states. A document that breaks one is rejected alone.</summary>
internal static class DocumentLimits
{
    /// <summary>Most bytes of an id.</summary>
    public static int MaxIdBytes { get; } = (int)RequestLimits.Of(Document.Descriptor, Document.IdFieldNumber).MaxBytes;

    /// <summary>Most bytes of a text.</summary>
    public static int MaxTextBytes { get; } = (int)RequestLimits.Of(Document.Descriptor, Document.TextFieldNumber).MaxBytes;

    /// <summary>Returns the limits that a document breaks as an error, or null if it breaks none.</summary>
    public static ServiceException? Violation(Document document) =>
        RequestLimits.Check(document) is { } violations ? Fault.InvalidFields(violations) : null;
}
