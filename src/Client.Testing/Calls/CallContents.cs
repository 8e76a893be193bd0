using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>Copies the model and the texts of a request into the record of its call.</summary>
internal static class CallContents
{
    private static readonly string[] ModelFields = ["selector", "model", "name", "parent"];

    public static void Read(FakeCall call, object request)
    {
        call.Model = Model(request) ?? call.Model;
        switch (request)
        {
            case Wire.PredictRequest { Embedding.Count: 0 } predict:
                call.AddText(predict.Text);
                break;
            case Wire.BatchPredictRequest batch:
                foreach (string text in batch.Texts)
                {
                    call.AddText(text);
                }

                break;
            case Wire.StreamPredictRequest { Item: { Embedding.Count: 0 } item }:
                call.AddText(item.Text);
                break;
            case Wire.ExplainPredictionRequest explain:
                call.AddText(explain.Text);
                break;
            default:
                break;
        }
    }

    private static ModelSelector? Model(object request) => request switch
    {
        Wire.StreamPredictRequest stream => Named(stream.Open),
        Wire.ImportModelRequest import => Named(import.Header),
        IMessage message => Named(message),
        _ => null,
    };

    /// <summary>Returns the model that the message names in one of <see cref="ModelFields"/>; null for none.</summary>
    private static ModelSelector? Named(IMessage? message)
    {
        foreach (string name in message is null ? [] : ModelFields)
        {
            FieldDescriptor? field = message!.Descriptor.FindFieldByName(name);
            switch (field?.Accessor.GetValue(message))
            {
                case Wire.ModelSelector selector:
                    return SelectorFromWire.Map(selector);
                case string resource when ResourceNames.TryParseVersion(resource, out string model, out long version):
                    return new ModelSelector(model) { Version = version };
                case string resource when ResourceNames.TryParse(resource, ResourceNames.ModelPrefix, out string model):
                    return new ModelSelector(model);
                default:
                    break;
            }
        }

        return null;
    }
}
