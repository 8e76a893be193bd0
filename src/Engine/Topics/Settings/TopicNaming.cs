namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Form of the generated names of topics.</summary>
public enum TopicNaming
{
    /// <summary>BERTopic's names: the id and the first four words, such as <c>0_card_payment_transfer_account</c>.</summary>
    IdWords,

    /// <summary>
    /// Up to three words or pairs of words that name no other topic, such as <c>lost card, pin, replacement</c>; distinct within a model.
    /// </summary>
    Distinct,
}
