"""Plots of the demonstration incidents: many customers, one cause."""

from shouwen.demo.texts.plots import Plot

PLATFORM = Plot(
    "repair",
    "设备监控平台登录不上，{machine}离线",
    "设备监控平台从今天早上就登录不上，{machine}（{model}）显示离线，看不到位置和油耗，请尽快处理。",
    "客户登录不上设备监控平台，{machine} {model} 显示离线，看不到位置和油耗。",
    (
        "{name}您好，设备监控平台的机房光缆被施工挖断，正在抢修，预计三小时内恢复。恢复前可以打调度电话查询设备位置。",
    ),
    "机房光缆已熔接，监控平台恢复，设备重新上线。",
    "恢复正常：设备监控平台无法登录",
)
PARTS_PORTAL = Plot(
    "help",
    "配件商城付款失败",
    "配件商城下单付款一直失败，提示系统繁忙，{machine}急等配件，请看一下。",
    "客户在配件商城付款失败，{machine}急等配件。",
    ("{name}您好，支付通道故障，已经切换备用通道，请再试一次；如仍不行我们为您线下开单。", "可以了，谢谢。"),
    "支付通道已恢复，客户付款成功。",
    team="配件服务组",
)
