using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>Log messages of embedding on several members; ids from 8300.</summary>
internal static partial class Log
{
    [LoggerMessage(
        8301, LogLevel.Warning, "The results of a corpus cannot be read from the object store; the texts are embedded again.")]
    public static partial void ResultNotRead(ILogger logger, Exception failure);

    [LoggerMessage(
        8302, LogLevel.Warning, "A result cannot be written to the object store; a later run embeds its texts again.")]
    public static partial void ResultNotWritten(ILogger logger, Exception failure);

    [LoggerMessage(8303, LogLevel.Error, "The encoder failed on a chunk of texts.")]
    public static partial void ChunkFailed(ILogger logger, Exception failure);

    [LoggerMessage(8304, LogLevel.Warning, "The member '{Worker}' does not answer a call about a chunk.")]
    public static partial void WorkerDoesNotAnswer(ILogger logger, Exception failure, string worker);

    [LoggerMessage(
        8305,
        LogLevel.Warning,
        "The member '{Worker}' embeds no texts of this fit: its encoder computes other vectors. Compare the encoder, its precision and the "
        + "processor of the members.")]
    public static partial void OtherEncoder(ILogger logger, string worker);

    [LoggerMessage(8306, LogLevel.Information, "A chunk is late on member '{Late}'; member '{Other}' embeds it too.")]
    public static partial void ChunkLate(ILogger logger, string late, string other);

    [LoggerMessage(
        8307,
        LogLevel.Error,
        "Fits of corpus '{Corpus}' leave out the document '{Document}': {Deaths} members ended or hung while they embedded its text "
        + "alone.")]
    public static partial void TextQuarantined(ILogger logger, string corpus, string document, int deaths);

    [LoggerMessage(8308, LogLevel.Warning, "The record of texts that may end a process was not changed: the database is unavailable.")]
    public static partial void SuspectNotRecorded(ILogger logger, Exception failure);

    [LoggerMessage(8309, LogLevel.Information, "{Texts} of {All} texts were embedded by earlier runs; the members embed the others.")]
    public static partial void ResultsFound(ILogger logger, int texts, int all);

    [LoggerMessage(8310, LogLevel.Warning, "Old results were not deleted from the object store; the next sweep continues.")]
    public static partial void SweepFailed(ILogger logger, Exception failure);
}
