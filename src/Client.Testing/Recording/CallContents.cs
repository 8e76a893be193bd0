using TopicGrpc.Client.Mapping;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Testing.Mapping;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Recording;

/// <summary>What of a request goes into the record of its call.</summary>
internal static class CallContents
{
    public static void Read(FakeCall call, object request)
    {
        switch (request)
        {
            case Wire.PredictRequest predict:
                call.Model = SelectorFromWire.Map(predict.Selector);
                call.AddText(predict.Text);
                break;
            case Wire.BatchPredictRequest batch:
                call.Model = SelectorFromWire.Map(batch.Selector);
                foreach (string text in batch.Texts)
                {
                    call.AddText(text);
                }

                break;
            case Wire.StreamPredictRequest { Open: { } open }:
                call.Model = SelectorFromWire.Map(open.Selector);
                break;
            case Wire.StreamPredictRequest { Item: { } item }:
                call.AddText(item.Text);
                break;
            case Wire.ListTopicsRequest list:
                call.Model = SelectorFromWire.Map(list.Selector);
                break;
            case Wire.GetTopicRequest topic:
                call.Model = SelectorFromWire.Map(topic.Selector);
                break;
            case Wire.GetModelRequest model:
                call.Model = new ModelSelector(ResourceNames.Id(model.Name));
                break;
            case Wire.ListVersionsRequest versions:
                call.Model = new ModelSelector(ResourceNames.Id(versions.Parent));
                break;
            case Wire.StartFitRequest fit:
                call.Model = new ModelSelector(ResourceNames.Id(fit.Model));
                break;
            default:
                break;
        }
    }
}
