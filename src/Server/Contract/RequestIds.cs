using System.Text;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Contract;

/// <summary>The rule for request ids.</summary>
internal static class RequestIds
{
    private const int MaxBytes = 64;

    public static string Check(string requestId)
    {
        int bytes = Encoding.UTF8.GetByteCount(requestId);
        return bytes <= MaxBytes ? requestId : throw Fault.InputTooLarge("request_id", "bytes", MaxBytes, bytes);
    }
}
