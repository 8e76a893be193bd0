using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace TopicGrpc.Testing.ObjectStore;

/// <summary>One answer of <see cref="S3Stub"/>.</summary>
internal sealed record S3Answer(int Status, byte[] Content, string? ETag = null, long? Length = null)
{
    private static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static S3Answer NoContent { get; } = new(204, [], Length: 0);

    public static S3Answer Ok(byte[] content) => new(200, content);

    public static S3Answer Error(int status, string code) =>
        new(status, Xml(new XElement("Error", new XElement("Code", code), new XElement("Message", code))));

    public static S3Answer Stored(byte[] content) => new(200, [], $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"");

    public static S3Answer Begun(string bucket, string key, string id) => new(200, Xml(new XElement(
        Space + "InitiateMultipartUploadResult",
        new XElement(Space + "Bucket", bucket),
        new XElement(Space + "Key", key),
        new XElement(Space + "UploadId", id))));

    public static S3Answer Completed(string bucket, string key, string etag) => new(200, Xml(new XElement(
        Space + "CompleteMultipartUploadResult",
        new XElement(Space + "Bucket", bucket),
        new XElement(Space + "Key", key),
        new XElement(Space + "ETag", $"\"{etag}\""))));

    public static S3Answer List(SortedDictionary<string, byte[]> objects, IQueryCollection query)
    {
        string prefix = query["prefix"].ToString();
        string after = query["start-after"].ToString();
        int limit = int.Parse(query["max-keys"]!, CultureInfo.InvariantCulture);
        KeyValuePair<string, byte[]>[] found =
        [
            .. objects.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(one.Key, after) > 0)
                .Take(limit + 1),
        ];
        return new S3Answer(200, Xml(new XElement(
            Space + "ListBucketResult",
            new XElement(Space + "IsTruncated", found.Length > limit),
            found.Take(limit).Select(static one => new XElement(
                Space + "Contents",
                new XElement(Space + "Key", one.Key),
                new XElement(Space + "Size", one.Value.Length))))));
    }

    public static S3Answer Uploads(Dictionary<string, S3StubUpload> uploads, string prefix) => new(200, Xml(new XElement(
        Space + "ListMultipartUploadsResult",
        uploads.Where(one => one.Value.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(static one => new XElement(
            Space + "Upload",
            new XElement(Space + "Key", one.Value.Key),
            new XElement(Space + "UploadId", one.Key))))));

    private static byte[] Xml(XElement root) => Encoding.UTF8.GetBytes(new XDocument(root).ToString());
}
