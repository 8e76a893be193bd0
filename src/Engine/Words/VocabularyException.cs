namespace TopicGrpc.Engine.Words;

/// <summary>The word settings leave no term for the vocabulary of the topics.</summary>
public sealed class VocabularyException : ArgumentException
{
    internal VocabularyException(string message, string setting)
        : base(message, setting)
    {
        Message = message;
    }

    /// <summary>Returns the exception for texts without a word.</summary>
    internal static VocabularyException NoWord() => new(
        "No topic contains a word: the texts consist of stop words, single letters, symbols or white space. Check that the "
        + "documents have the right texts, or use fewer stop words.",
        nameof(WordOptions.StopWords));

    /// <summary>Cause and remedy, without the name of the .NET parameter that <see cref="ArgumentException"/> appends.</summary>
    public override string Message { get; }
}
