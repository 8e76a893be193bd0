using System.Buffers;
using System.IO.Pipelines;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Http;

/// <summary>Reads whole bodies under the limits of all calls.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body. Its bytes stay acquired until the call ends.</summary>
    /// <exception cref="Grpc.Core.RpcException">The body is too large or too slow, or the server has no room for it.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        var body = CallBody.Of(context);
        while (true)
        {
            ReadResult result = await body.ReadAsync(context.RequestAborted);
            if (result.IsCompleted)
            {
                byte[] bytes = result.Buffer.ToArray();
                body.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
