using System.Globalization;
using Grpc.Core;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Errors;

/// <summary>Faults of messages and streams before a service sees them: size, form, speed and silence.</summary>
internal static class CallFault
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Rejects a compressed message whose decompression was stopped at the limit.</summary>
    public static ServiceException MessageTooLarge(string method, long limit)
    {
        string description = string.Create(CultureInfo.InvariantCulture, $"at most {limit} bytes after decompression");
        return new(StatusCode.ResourceExhausted, ErrorReasons.InputTooLarge, $"A message of {method} has {description}.")
        {
            Violations = [new Violation("message", description)],
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit) },
        };
    }

    public static ServiceException MessageTooLarge(string method, long limit, long actual)
    {
        string description = string.Create(CultureInfo.InvariantCulture, $"at most {limit} bytes, {actual} given");
        return new(StatusCode.ResourceExhausted, ErrorReasons.InputTooLarge, $"A message of {method} has {description}.")
        {
            Violations = [new Violation("message", description)],
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit), ["actual"] = Text(actual) },
        };
    }

    /// <summary>Rejects a message of many small parts, whose objects take many times the bytes of the message.</summary>
    public static ServiceException MessageTooComplex(string method, long limit, long actual)
    {
        string description = string.Create(CultureInfo.InvariantCulture, $"at most {limit} bytes of memory, {actual} needed");
        return new(StatusCode.ResourceExhausted, ErrorReasons.InputTooLarge, $"A message of {method} takes {description}.")
        {
            Violations = [new Violation("message", description)],
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit), ["actual"] = Text(actual) },
        };
    }

    public static ServiceException MessageMalformed(string method)
    {
        const string Description = "must be a well-formed Protobuf message with UTF-8 strings and at most 100 levels of nesting";
        return new(StatusCode.InvalidArgument, ErrorReasons.InvalidField, $"A message of {method} is malformed: it {Description}.")
        {
            Violations = [new Violation("message", Description)],
        };
    }

    /// <summary>Rejects a body that is no JSON. The place is given without the text, which may be a document.</summary>
    public static ServiceException JsonMalformed(string method, long line, long column)
    {
        string description = $"must be well-formed JSON; the error is in line {Text(line)}, byte {Text(column)}";
        return new(StatusCode.InvalidArgument, ErrorReasons.InvalidField, $"The body of {method} is malformed: it {description}.")
        {
            Violations = [new Violation("body", description)],
        };
    }

    public static ServiceException ReceivingFull(long limit) =>
        new(
            StatusCode.ResourceExhausted,
            ErrorReasons.QueueFull,
            $"Messages of {Text(limit)} bytes are being received already, the most this server allows. Retry later.")
        {
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit) },
            RetryAfter = RetryDelay,
        };

    public static ServiceException CallsFull(long limit) =>
        new(
            StatusCode.ResourceExhausted,
            ErrorReasons.QueueFull,
            $"{Text(limit)} calls run already, the most this server allows. Retry later.")
        {
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit) },
            RetryAfter = RetryDelay,
        };

    public static ServiceException QueriesFull(int limit) =>
        new(
            StatusCode.ResourceExhausted,
            ErrorReasons.QueueFull,
            $"{Text(limit)} topic queries are queued already, the most this server allows. Retry later.")
        {
            Metadata = new Dictionary<string, string> { ["limit"] = Text(limit) },
            RetryAfter = RetryDelay,
        };

    public static ServiceException StreamIdle(TimeSpan limit) =>
        new(
            StatusCode.DeadlineExceeded,
            ErrorReasons.StreamIdle,
            $"No message came for {Seconds(limit)} seconds, the most this server waits.")
        {
            Metadata = new Dictionary<string, string> { ["limitSeconds"] = Seconds(limit) },
            RetryAfter = TimeSpan.Zero,
        };

    public static ServiceException MessageTooSlow(int bytesPerSecond) =>
        new(
            StatusCode.DeadlineExceeded,
            ErrorReasons.StreamIdle,
            $"A message arrived slower than {Text(bytesPerSecond)} bytes per second, the least this server accepts.")
        {
            Metadata = new Dictionary<string, string> { ["limitBytesPerSecond"] = Text(bytesPerSecond) },
            RetryAfter = TimeSpan.Zero,
        };

    /// <summary>Ends the stream that has been silent longest, because others need what it has acquired.</summary>
    public static ServiceException SilentStreamEnded() =>
        new(
            StatusCode.DeadlineExceeded,
            ErrorReasons.StreamIdle,
            "Other calls needed what this stream had acquired, and it had been silent longest. Retry later.")
        {
            RetryAfter = RetryDelay,
        };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan value) => value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
