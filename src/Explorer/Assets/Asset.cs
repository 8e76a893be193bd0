namespace TopicGrpc.Explorer.Assets;

/// <summary>A file of the page.</summary>
/// <param name="ContentType">Value of the header <c>Content-Type</c>.</param>
/// <param name="ETag">Hash of the content, in quotation marks.</param>
/// <param name="Content">The content.</param>
/// <param name="Compressed">The content, compressed by Brotli.</param>
internal sealed record Asset(string ContentType, string ETag, byte[] Content, byte[] Compressed);
